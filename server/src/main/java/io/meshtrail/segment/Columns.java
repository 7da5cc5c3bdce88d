package io.meshtrail.segment;

import io.meshtrail.event.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The columns of hot rows and of segments, version 1, in their order. `docs/formats/segment.md` has the same
/// table, and a test compares the two.
public final class Columns {
    /// Names and Parquet field ids. Frozen: a reader of Iceberg tables finds a column by its id alone. A new
    /// column takes the next number and stands last; a number is never used again.
    private static final String IDS = """
            leafIndex 1
            action 2
            attributes 3
            audit_marked 4
            bytes_in 5
            bytes_out 6
            change_diff 7
            change_summary 8
            change_ticket 9
            change_verb 10
            cluster 11
            connection_id 12
            destination_address 13
            destination_identity 14
            destination_namespace 15
            destination_port 16
            destination_service 17
            destination_verified 18
            destination_workload 19
            detail 20
            duration 21
            grpc_method 22
            grpc_service 23
            grpc_status 24
            http_host 25
            http_method 26
            http_path 27
            http_protocol 28
            http_query 29
            http_route 30
            http_status 31
            kind 32
            masked 33
            mesh 34
            object_group 35
            object_kind 36
            object_name 37
            object_namespace 38
            object_revision 39
            object_uid 40
            observer_name 41
            observer_side 42
            outcome 43
            policy_action 44
            policy_kind 45
            policy_name 46
            policy_rule 47
            producer_id 48
            producer_sequence 49
            proxy_flags 50
            raw 51
            reason 52
            received_ns 53
            received 54
            request_id 55
            shadow_action 56
            shadow_policy 57
            shadow_rule 58
            source_address 59
            source_identity 60
            source_namespace 61
            source_peer_address 62
            source_port 63
            source_service 64
            source_verified 65
            source_workload 66
            span_id 67
            time_ns 68
            time 69
            tls_alpn 70
            tls_cipher 71
            tls_failure 72
            tls_peer_fingerprint 73
            tls_peer_issuer 74
            tls_peer_san 75
            tls_peer_subject 76
            tls_sni 77
            tls_version 78
            trace_id 79
            upstream_cluster 80
            upstream_host 81
            user_agent 82
            user_groups 83
            user_id 84
            user_impersonator 85
            user_issuer 86
            user_name 87
            """;

    private static final String NANOS = "_ns";
    private static final Map<String, Field> FIELDS = java.util.Arrays.stream(Field.values())
            .collect(Collectors.toUnmodifiableMap(Field::column, Function.identity()));

    private static final List<Column> ALL = IDS.lines().map(Columns::column).toList();

    private Columns() {}

    /// How a column gets its value from an event.
    public enum Role {
        /// The place of the entry; the one column that is no part of it.
        LEAF_INDEX("BIGINT"),
        /// The text of a field of type TEXT or JSON.
        TEXT("VARCHAR"),
        /// The canonical JSON array of a field of type TEXTS.
        TEXTS("VARCHAR"),
        /// The canonical JSON object of all attributes.
        ATTRIBUTES("VARCHAR"),
        /// The number of a field of type INTEGER.
        INTEGER("BIGINT"),
        /// The nanoseconds of a field of type TIME.
        NANOS("BIGINT"),
        /// The same time cut to microseconds: derived, and checked whenever a segment is.
        MICROS("TIMESTAMP WITH TIME ZONE");

        private final String sqlType;

        Role(String sqlType) {
            this.sqlType = sqlType;
        }

        /// The type in SQL.
        public String sqlType() {
            return sqlType;
        }
    }

    /// One column.
    ///
    /// @param name in SQL and Parquet
    /// @param fieldId in Parquet
    /// @param field the event's field; empty for `leafIndex` and `attributes`
    public record Column(String name, int fieldId, Role role, Optional<Field> field) {
        /// The field of a column that has one.
        ///
        /// @throws java.util.NoSuchElementException for `leafIndex` and `attributes`
        public Field of() {
            return field.orElseThrow();
        }
    }

    /// All columns in their order, which is the order of an entry's keys.
    public static List<Column> all() {
        return ALL;
    }

    /// The columns as SQL that can stand after SELECT.
    public static String names() {
        return ALL.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    }

    /// The columns as SQL that can stand after CREATE TABLE and a name.
    static String definitions() {
        return ALL.stream()
                .map(column -> quoted(column.name()) + " " + column.role().sqlType)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /// The columns as the FIELD_IDS of COPY.
    static String fieldIds() {
        return ALL.stream()
                .map(column -> quoted(column.name()) + ": " + column.fieldId())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private static Column column(String line) {
        int blank = line.indexOf(' ');
        String name = line.substring(0, blank);
        int id = Integer.parseInt(line.substring(blank + 1));
        if (name.equals("leafIndex")) {
            return new Column(name, id, Role.LEAF_INDEX, Optional.empty());
        }
        if (name.equals("attributes")) {
            return new Column(name, id, Role.ATTRIBUTES, Optional.empty());
        }
        boolean nanos = name.endsWith(NANOS);
        Optional<Field> field =
                Optional.ofNullable(FIELDS.get(nanos ? name.substring(0, name.length() - NANOS.length()) : name));
        return new Column(name, id, role(field.orElseThrow(), nanos), field);
    }

    private static Role role(Field field, boolean nanos) {
        return switch (field.type()) {
            case TEXT, JSON -> Role.TEXT;
            case TEXTS -> Role.TEXTS;
            case INTEGER -> Role.INTEGER;
            case TIME -> nanos ? Role.NANOS : Role.MICROS;
        };
    }
}
