package io.meshtrail.acceptance;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Lines of Istio's JSON access log, told apart by their request ids.
final class IstioLines {
    static final String PATH = "/ingest/lines/istio-json";

    private IstioLines() {}

    /// A request that the application answered: it goes to `traffic`.
    static String allowed(String requestId) {
        return print(fields(requestId, 200, "via_upstream"));
    }

    /// A request that a policy refused: it goes to `security`.
    static String denied(String requestId) {
        return print(fields(requestId, 403, "rbac_access_denied_matched_policy[ns[shop]-policy[no-admin]-rule[0]]"));
    }

    /// The first with other values for some keys.
    static String allowed(String requestId, String key, Object value) {
        Map<String, Object> fields = fields(requestId, 200, "via_upstream");
        fields.put(key, value);
        return print(fields);
    }

    static String body(Collection<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static Map<String, Object> fields(String requestId, int status, String details) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("start_time", Instant.now().toString());
        fields.put("method", "GET");
        fields.put("path", "/orders/" + requestId);
        fields.put("protocol", "HTTP/1.1");
        fields.put("response_code", status);
        fields.put("response_code_details", details);
        fields.put("authority", "orders.shop");
        fields.put("request_id", requestId);
        fields.put("upstream_cluster", "inbound|8080||");
        fields.put("duration", 1);
        return fields;
    }

    private static String print(Map<String, Object> fields) {
        return Api.JSON.writeValueAsString(fields);
    }
}
