package io.meshtrail.demo.envoy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The access loggers that Meshtrail wants in every proxy.
///
/// Two for calls: one for what was denied or failed, one for the rest, each with a log name and a buffer of
/// its own, so
/// that a
/// flood of the one cannot push out the other; their filters split the calls without overlap or gap. One for
/// listeners:
/// failed
/// handshakes and connections without a filter chain, which no other log sees.
final class AccessLogs {
    static final String DENIED = "meshtrail_denied";
    static final String REST = "meshtrail_rest";
    static final String LISTENER = "meshtrail_listener";

    /// The name of the cluster that leads to Meshtrail.
    static final String CLUSTER = "meshtrail";

    /// What the log's own fields cannot say, by our field names. Envoy leaves out a tag whose value is unknown.
    static final Map<String, String> TAGS = new TreeMap<>(Map.of(
            "connection.id", "%CONNECTION_ID%",
            "trace.id", "%TRACE_ID%",
            "span.id", "%SPAN_ID%",
            "tls.peer_fingerprint", "%DOWNSTREAM_PEER_FINGERPRINT_256%",
            "tls.peer_issuer", "%DOWNSTREAM_PEER_ISSUER%",
            "upstream.tls.version", "%UPSTREAM_TLS_VERSION%",
            "upstream.tls.cipher", "%UPSTREAM_TLS_CIPHER%",
            "upstream.tls.peer_san", "%UPSTREAM_PEER_URI_SAN%",
            "grpc.status", "%GRPC_STATUS%"));

    private static final String HTTP = "envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig";
    private static final String TCP = "envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig";

    /// A status from 400 on, or none at all. A request without an answer counts as status 0.
    private static final Map<String, Object> HTTP_BAD =
            Map.of("or_filter", Map.of("filters", List.of(status("GE", 400), status("EQ", 0))));

    private static final Map<String, Object> HTTP_GOOD =
            Map.of("and_filter", Map.of("filters", List.of(status("GE", 1), status("LE", 399))));

    private static final String TCP_BAD = "has(connection.termination_details) || response.flags != 0";

    /// A failed handshake, or no filter chain for the connection.
    private static final Map<String, Object> LISTENER_BAD = Map.of(
            "or_filter",
            Map.of(
                    "filters",
                    List.of(
                            cel("has(connection.transport_failure_reason)"),
                            Map.of("response_flag_filter", Map.of("flags", List.of("NR"))))));

    private AccessLogs() {}

    static List<Object> http() {
        return List.of(http(DENIED, HTTP_BAD), http(REST, HTTP_GOOD));
    }

    static List<Object> tcp() {
        return List.of(tcp(DENIED, cel(TCP_BAD)), tcp(REST, cel("!(" + TCP_BAD + ")")));
    }

    static List<Object> listener() {
        return List.of(tcp(LISTENER, LISTENER_BAD));
    }

    private static Map<String, Object> http(String logName, Map<String, Object> filter) {
        return Map.of(
                "name",
                "envoy.access_loggers.http_grpc",
                "filter",
                filter,
                "typed_config",
                Typed.of(
                        HTTP,
                        Map.of(
                                "common_config",
                                common(logName),
                                "additional_request_headers_to_log",
                                List.of("traceparent"))));
    }

    private static Map<String, Object> tcp(String logName, Map<String, Object> filter) {
        return Map.of(
                "name",
                "envoy.access_loggers.tcp_grpc",
                "filter",
                filter,
                "typed_config",
                Typed.of(TCP, Map.of("common_config", common(logName))));
    }

    private static Map<String, Object> common(String logName) {
        return Map.of(
                "log_name",
                logName,
                "transport_api_version",
                "V3",
                "grpc_service",
                Map.of("envoy_grpc", Map.of("cluster_name", CLUSTER)),
                "buffer_flush_interval",
                "0.1s",
                "buffer_size_bytes",
                1 << 20,
                "custom_tags",
                TAGS.entrySet().stream()
                        .map(tag -> Map.of("tag", tag.getKey(), "value", tag.getValue()))
                        .toList());
    }

    private static Map<String, Object> status(String operator, int code) {
        return Map.of(
                "status_code_filter",
                Map.of(
                        "comparison",
                        Map.of(
                                "op",
                                operator,
                                "value",
                                Map.of("default_value", code, "runtime_key", "meshtrail.unused"))));
    }

    private static Map<String, Object> cel(String expression) {
        return Map.of(
                "extension_filter",
                Typed.extension(
                        "envoy.access_loggers.extension_filters.cel",
                        "envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
                        Map.of("expression", expression)));
    }
}
