package io.meshtrail.event;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A field of an event: the one name that it has in entries, JSON answers and the query language. Columns of
/// Parquet
/// and
/// SQL have `_` for `.`. The list is closed for version 1; what has no field goes into `attributes.<name>`.
///
/// `ledger` and `leafIndex` are no fields: they are given at sequencing and are not part of the entry.
public enum Field {
    ACTION("action", Type.TEXT),
    AUDIT_MARKED("audit.marked", Type.TEXT),
    BYTES_IN("bytes.in", Type.INTEGER),
    BYTES_OUT("bytes.out", Type.INTEGER),
    CHANGE_DIFF("change.diff", Type.JSON),
    CHANGE_SUMMARY("change.summary", Type.TEXT),
    CHANGE_TICKET("change.ticket", Type.TEXT),
    CHANGE_VERB("change.verb", Type.TEXT),
    CLUSTER("cluster", Type.TEXT),
    CONNECTION_ID("connection.id", Type.TEXT),
    DESTINATION_ADDRESS("destination.address", Type.TEXT),
    DESTINATION_IDENTITY("destination.identity", Type.TEXT),
    DESTINATION_NAMESPACE("destination.namespace", Type.TEXT),
    DESTINATION_PORT("destination.port", Type.INTEGER),
    DESTINATION_SERVICE("destination.service", Type.TEXT),
    DESTINATION_VERIFIED("destination.verified", Type.TEXT),
    DESTINATION_WORKLOAD("destination.workload", Type.TEXT),
    DETAIL("detail", Type.TEXT),
    DURATION("duration", Type.INTEGER),
    GRPC_METHOD("grpc.method", Type.TEXT),
    GRPC_SERVICE("grpc.service", Type.TEXT),
    GRPC_STATUS("grpc.status", Type.INTEGER),
    HTTP_HOST("http.host", Type.TEXT),
    HTTP_METHOD("http.method", Type.TEXT),
    HTTP_PATH("http.path", Type.TEXT),
    HTTP_PROTOCOL("http.protocol", Type.TEXT),
    HTTP_QUERY("http.query", Type.TEXT),
    HTTP_ROUTE("http.route", Type.TEXT),
    HTTP_STATUS("http.status", Type.INTEGER),
    KIND("kind", Type.TEXT),
    MASKED("masked", Type.TEXT),
    MESH("mesh", Type.TEXT),
    OBJECT_GROUP("object.group", Type.TEXT),
    OBJECT_KIND("object.kind", Type.TEXT),
    OBJECT_NAME("object.name", Type.TEXT),
    OBJECT_NAMESPACE("object.namespace", Type.TEXT),
    OBJECT_REVISION("object.revision", Type.TEXT),
    OBJECT_UID("object.uid", Type.TEXT),
    OBSERVER_NAME("observer.name", Type.TEXT),
    OBSERVER_SIDE("observer.side", Type.TEXT),
    OUTCOME("outcome", Type.TEXT),
    POLICY_ACTION("policy.action", Type.TEXT),
    POLICY_KIND("policy.kind", Type.TEXT),
    POLICY_NAME("policy.name", Type.TEXT),
    POLICY_RULE("policy.rule", Type.TEXT),
    PRODUCER_ID("producer.id", Type.TEXT),
    PRODUCER_SEQUENCE("producer.sequence", Type.INTEGER),
    PROXY_FLAGS("proxy.flags", Type.TEXT),
    RAW("raw", Type.JSON),
    REASON("reason", Type.TEXT),
    RECEIVED("received", Type.TIME),
    REQUEST_ID("request.id", Type.TEXT),
    SHADOW_ACTION("shadow.action", Type.TEXT),
    SHADOW_POLICY("shadow.policy", Type.TEXT),
    SHADOW_RULE("shadow.rule", Type.TEXT),
    SOURCE_ADDRESS("source.address", Type.TEXT),
    SOURCE_IDENTITY("source.identity", Type.TEXT),
    SOURCE_NAMESPACE("source.namespace", Type.TEXT),
    SOURCE_PEER_ADDRESS("source.peer_address", Type.TEXT),
    SOURCE_PORT("source.port", Type.INTEGER),
    SOURCE_SERVICE("source.service", Type.TEXT),
    SOURCE_VERIFIED("source.verified", Type.TEXT),
    SOURCE_WORKLOAD("source.workload", Type.TEXT),
    SPAN_ID("span.id", Type.TEXT),
    TIME("time", Type.TIME),
    TLS_ALPN("tls.alpn", Type.TEXT),
    TLS_CIPHER("tls.cipher", Type.TEXT),
    TLS_FAILURE("tls.failure", Type.TEXT),
    TLS_PEER_FINGERPRINT("tls.peer_fingerprint", Type.TEXT),
    TLS_PEER_ISSUER("tls.peer_issuer", Type.TEXT),
    TLS_PEER_SAN("tls.peer_san", Type.TEXTS),
    TLS_PEER_SUBJECT("tls.peer_subject", Type.TEXT),
    TLS_SNI("tls.sni", Type.TEXT),
    TLS_VERSION("tls.version", Type.TEXT),
    TRACE_ID("trace.id", Type.TEXT),
    UPSTREAM_CLUSTER("upstream.cluster", Type.TEXT),
    UPSTREAM_HOST("upstream.host", Type.TEXT),
    USER_AGENT("user.agent", Type.TEXT),
    USER_GROUPS("user.groups", Type.TEXTS),
    USER_ID("user.id", Type.TEXT),
    USER_IMPERSONATOR("user.impersonator", Type.TEXT),
    USER_ISSUER("user.issuer", Type.TEXT),
    USER_NAME("user.name", Type.TEXT);

    /// How a field's value is held in memory, in an entry and in a column.
    public enum Type {
        /// A string.
        TEXT,
        /// JSON text inside a string.
        JSON,
        /// A whole number from 0 to 2^53 - 1; in memory a [Long].
        INTEGER,
        /// Nanoseconds since 1970 UTC, in memory a [Long]; in an entry RFC 3339 text with nine digits and `Z`.
        TIME,
        /// A list of strings, in the order of the source.
        TEXTS
    }

    /// The prefix of the names that a producer may add freely.
    public static final String ATTRIBUTE_PREFIX = "attributes.";

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::key, Function.identity()));
    private static final List<Field> BY_KEY =
            Arrays.stream(values()).sorted(Comparator.comparing(Field::key)).toList();

    private final String key;
    private final Type type;

    Field(String key, Type type) {
        this.key = key;
        this.type = type;
    }

    /// The name in entries, answers and queries, such as `http.path`.
    public String key() {
        return key;
    }

    /// The name of the column in Parquet and SQL, such as `http_path`.
    public String column() {
        return key.replace('.', '_');
    }

    public Type type() {
        return type;
    }

    /// The field of this name, if there is one.
    public static Optional<Field> named(String key) {
        return Optional.ofNullable(BY_NAME.get(key));
    }

    /// All fields in the order of their names, which is the order of an entry's keys.
    public static List<Field> inKeyOrder() {
        return BY_KEY;
    }
}
