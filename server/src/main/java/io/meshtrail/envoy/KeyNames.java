package io.meshtrail.envoy;

import io.meshtrail.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The names that people give the operators of Envoy's access log in JSON, brought to the one that
/// [AccessRecord] reads: `responseCode`, `response-code` and `status` are `response_code`.
public final class KeyNames {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z0-9]+");

    /// The name that is read, and others for it.
    private static final Map<String, String> OTHERS = others("""
            start_time timestamp time ts start
            method request_method req_method http_method
            path x_envoy_origin_path x_envoy_original_path request_path req_path uri http_path url_path
            authority host request_authority req_authority http_host
            protocol http_protocol http_version
            response_code status status_code response_status http_status code
            response_flags flags
            response_code_details details code_details
            connection_termination_details termination_details term
            bytes_received bytes_in received_bytes
            bytes_sent bytes_out sent_bytes
            duration duration_ms duration_millis total_duration
            upstream_service_time x_envoy_upstream_service_time
            x_forwarded_for xff forwarded_for
            user_agent useragent http_user_agent req_user_agent
            request_id x_request_id req_request_id
            downstream_remote_address remote_address remote_addr client_address client_addr
            downstream_local_address local_address
            upstream_cluster upstream_cluster_name cluster_name
            upstream_host upstream_address upstream_remote_address
            grpc_status grpc_status_number grpc_code
            requested_server_name sni server_name
            route_name route
            upstream_transport_failure_reason upstream_failure_reason upstream_tls_failure
            downstream_transport_failure_reason downstream_failure_reason downstream_tls_failure tls_fail
            upstream_local_address
            downstream_peer_uri_san
            peer_uri_san
            upstream_peer_uri_san
            downstream_local_uri_san
            local_uri_san
            trace_id x_b3_trace_id
            span_id x_b3_span_id
            connection_id
            downstream_tls_version
            downstream_tls_cipher
            downstream_peer_subject
            downstream_peer_issuer
            downstream_peer_fingerprint_256
            traceparent
            access_log_type
            """);

    private KeyNames() {}

    /// The record with known keys under the names that are read; other keys stay. Where two keys have one
    /// name, the one that has it exactly counts, else the first, and the other stays.
    public static Json read(Json record) {
        Map<String, Json> members = new LinkedHashMap<>();
        record.fields().forEach((key, value) -> {
            String name = name(key);
            boolean free = name.equals(key) || (!record.fields().containsKey(name) && !members.containsKey(name));
            members.put(free ? name : key, value);
        });
        return new Json.Obj(members);
    }

    private static String name(String key) {
        String plain = plain(key);
        return OTHERS.getOrDefault(plain, key);
    }

    /// Lower case with underscores.
    static String plain(String key) {
        String split = HUMP.matcher(key).replaceAll("_").toLowerCase(Locale.ROOT);
        String plain = NO_LETTER.matcher(split).replaceAll("_");
        int from = plain.startsWith("_") ? 1 : 0;
        int to = plain.length() > from && plain.endsWith("_") ? plain.length() - 1 : plain.length();
        return plain.substring(from, to);
    }

    private static Map<String, String> others(String table) {
        Map<String, String> names = new HashMap<>();
        table.lines().forEach(line -> {
            String[] words = line.strip().split(" ");
            for (String word : words) {
                names.put(word, words[0]);
            }
        });
        return Map.copyOf(names);
    }
}
