package io.meshtrail.source.otlp;

import io.meshtrail.envoy.AccessRecord;
import io.meshtrail.envoy.KeyNames;
import io.meshtrail.envoy.PrintedFormats;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The access log that an Envoy's OpenTelemetry logger sends: the attributes that its operator
/// configured, and the body, which is a line of text (Istio's default), a map, or nothing. Where both say
/// something the attribute counts: a client cannot write into it.
final class EnvoyAccess {
    /// What the semantic conventions call the operators of Envoy, and the short names that people give
    /// them.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("http.request.method", "method"),
            Map.entry("url.path", "path"),
            Map.entry("http.response.status_code", "response_code"),
            Map.entry("user_agent.original", "user_agent"),
            Map.entry("server.address", "authority"),
            Map.entry("http.request.header.x-request-id", "request_id"),
            Map.entry("tls.protocol.version", "tls_version"),
            Map.entry("tls.cipher", "tls_cipher"),
            Map.entry("conn", "connection_id"),
            Map.entry("type", "access_log_type"));

    private EnvoyAccess() {}

    /// Whether a record has the keys of an access log, or a body that is a line of one.
    static boolean isOne(LogRecord record) {
        return AccessRecord.complaint(named(record.attributes())).isEmpty()
                || (record.body() instanceof Json.Obj map
                        && AccessRecord.complaint(named(map)).isEmpty())
                || printed(record).isPresent();
    }

    /// The record under the keys that are read, body and attributes in one.
    static Json record(LogRecord record) {
        Map<String, Json> members = new LinkedHashMap<>();
        printed(record).ifPresent(line -> members.putAll(line.fields()));
        members.putAll(named(record.body()).fields());
        if (members.isEmpty()) {
            record.body().text().ifPresent(text -> members.put("body", new Json.Text(text)));
        }
        named(record.attributes()).fields().forEach((key, value) -> {
            if (!isNothing(value) || !members.containsKey(key)) {
                members.put(key, value);
            }
        });
        if (record.time() > 0) {
            // The same moment as printed, and finer.
            members.put("start_time", new Json.Text(Timestamp.print(record.time())));
        }
        if (!record.traceId().isEmpty()) {
            members.putIfAbsent("trace_id", new Json.Text(record.traceId()));
        }
        if (!record.spanId().isEmpty()) {
            members.putIfAbsent("span_id", new Json.Text(record.spanId()));
        }
        return new Json.Obj(members);
    }

    /// The format whose decoder knows the names of the mesh that this Envoy belongs to.
    static String format(Json access, Place place) {
        String cluster = access.get("upstream_cluster").scalar().orElse("");
        String route = access.get("route_name").scalar().orElse("");
        if (place.isIstioNode() || isOfIstio(cluster) || isOfIstio(route)) {
            return "istio-json";
        }
        if (cluster.startsWith("local_app") || cluster.endsWith(".consul") || isOfConsul(access)) {
            return "consul-envoy";
        }
        return "envoy-json";
    }

    private static boolean isOfIstio(String name) {
        return name.startsWith("inbound|")
                || name.startsWith("outbound|")
                || name.startsWith("inbound-vip|")
                || List.of("PassthroughCluster", "BlackHoleCluster", "InboundPassthroughCluster")
                        .contains(name);
    }

    private static boolean isOfConsul(Json access) {
        return access.get("response_code_details").scalar().orElse("").contains("[consul-intentions-")
                || access.get("connection_termination_details")
                        .scalar()
                        .orElse("")
                        .contains("[consul-intentions-");
    }

    private static boolean isNothing(Json value) {
        return value.isNull() || value.scalar().map(text -> text.equals("-")).orElse(value instanceof Json.Text);
    }

    private static Optional<Json.Obj> printed(LogRecord record) {
        return record.body() instanceof Json.Text(String line) && line.startsWith("[")
                ? PrintedFormats.read(line.strip())
                : Optional.empty();
    }

    private static Json named(Json members) {
        Map<String, Json> named = new LinkedHashMap<>();
        members.fields().forEach((key, value) -> named.putIfAbsent(NAMES.getOrDefault(key, key), value));
        return KeyNames.read(new Json.Obj(named));
    }
}
