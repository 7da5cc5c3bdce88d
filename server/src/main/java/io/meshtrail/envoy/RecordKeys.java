package io.meshtrail.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Keys that operators add to the default format: known ones become fields, the rest attributes. What
/// they say of a peer is claimed, unless the dialect knows that the proxy took it from a handshake of its
/// own.
final class RecordKeys {
    /// The keys of Istio's default format and those read elsewhere.
    private static final Set<String> READ = Set.of(
            "start_time",
            "route_name",
            "grpc_status",
            "method",
            "path",
            "protocol",
            "response_code",
            "response_flags",
            "response_code_details",
            "connection_termination_details",
            "bytes_received",
            "bytes_sent",
            "duration",
            "upstream_service_time",
            "x_forwarded_for",
            "user_agent",
            "request_id",
            "authority",
            "upstream_host",
            "upstream_cluster",
            "upstream_local_address",
            "downstream_local_address",
            "downstream_remote_address",
            "requested_server_name",
            "upstream_transport_failure_reason",
            "downstream_transport_failure_reason");

    /// What names the caller; the first that is there counts.
    private static final List<String> SOURCE = List.of(
            "downstream_peer_uri_san",
            "peer_uri_san",
            "peer_san",
            "source_principal",
            "peer_principal",
            "downstream_peer_principal",
            "io.istio.peer_principal");

    /// What names the callee.
    private static final List<String> DESTINATION = List.of(
            "upstream_peer_uri_san",
            "local_uri_san",
            "downstream_local_uri_san",
            "upstream_san",
            "destination_principal",
            "upstream_peer_principal");

    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("trace_id", Field.TRACE_ID),
            Map.entry("span_id", Field.SPAN_ID),
            Map.entry("connection_id", Field.CONNECTION_ID),
            Map.entry("downstream_tls_version", Field.TLS_VERSION),
            Map.entry("tls_version", Field.TLS_VERSION),
            Map.entry("downstream_tls_cipher", Field.TLS_CIPHER),
            Map.entry("tls_cipher", Field.TLS_CIPHER),
            Map.entry("downstream_peer_subject", Field.TLS_PEER_SUBJECT),
            Map.entry("downstream_peer_issuer", Field.TLS_PEER_ISSUER),
            Map.entry("downstream_peer_fingerprint_256", Field.TLS_PEER_FINGERPRINT),
            Map.entry("peer_cert_sha256", Field.TLS_PEER_FINGERPRINT),
            Map.entry("source_workload", Field.SOURCE_WORKLOAD),
            Map.entry("source_namespace", Field.SOURCE_NAMESPACE),
            Map.entry("destination_workload", Field.DESTINATION_WORKLOAD),
            Map.entry("destination_namespace", Field.DESTINATION_NAMESPACE),
            Map.entry("downstream_direct_remote_address", Field.SOURCE_PEER_ADDRESS));

    private static final String TRACE_PARENT = "[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}";

    /// The most attributes that one line may bring.
    private static final int LIMIT = 64;

    private RecordKeys() {}

    /// @param proven whether a key is filled by the proxy from a handshake that it made
    static void fill(Json record, Mask mask, MaskNotes notes, AuditEvent.Builder event, Predicate<String> proven) {
        first(record, SOURCE).ifPresent(key -> {
            // A certificate may hold several names; Envoy prints them with commas between.
            List<String> names = List.of(Values.text(record, key).split(","));
            event.text(Field.SOURCE_IDENTITY, names.isEmpty() ? "" : names.getFirst())
                    .text(Field.SOURCE_VERIFIED, proven.test(key) ? "mtls" : "claimed");
            if (key.endsWith("_san")) {
                event.texts(Field.TLS_PEER_SAN, names);
            }
        });
        first(record, DESTINATION)
                .ifPresent(key -> event.text(Field.DESTINATION_IDENTITY, Values.text(record, key))
                        .text(Field.DESTINATION_VERIFIED, proven.test(key) ? "mtls" : "claimed"));
        int left = LIMIT;
        for (Map.Entry<String, Json> member : record.fields().entrySet()) {
            String key = member.getKey();
            if (READ.contains(key)
                    || SOURCE.contains(key)
                    || DESTINATION.contains(key)
                    || member.getValue().isNull()) {
                continue;
            }
            Field field = FIELDS.get(key);
            String value = member.getValue() instanceof Json.Obj || member.getValue() instanceof Json.Arr
                    ? member.getValue().compact()
                    : Values.text(record, key);
            if (value.isEmpty()) {
                continue;
            }
            if (field != null) {
                event.text(field, value);
            } else if (key.equals("traceparent") && value.matches(TRACE_PARENT)) {
                event.text(Field.TRACE_ID, value.substring(3, 35)).text(Field.SPAN_ID, value.substring(36, 52));
            } else if (left-- > 0) {
                event.attribute(key, mask.header(key.replace('_', '-'), value, notes));
            }
        }
        if (left < 0) {
            event.attribute("cut.keys", "more than " + LIMIT + " keys of its own; see raw");
        }
    }

    private static Optional<String> first(Json record, List<String> keys) {
        for (String key : keys) {
            if (!Values.text(record, key).isEmpty()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
