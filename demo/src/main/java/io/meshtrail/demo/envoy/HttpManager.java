package io.meshtrail.demo.envoy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The HTTP connection manager of a listener.
///
/// @param statPrefix names the counters
/// @param routeName names the route configuration
/// @param edge a gateway makes request ids of its own; sidecars keep the one they are given
record HttpManager(String statPrefix, String routeName, boolean edge) {
    /// A cluster without a server: the tracer wants an exporter, but no span is ever sampled.
    static final String NO_TRACES = "no_traces";

    Map<String, Object> filter(List<Object> virtualHosts, List<Object> filters) {
        List<Object> chain = new ArrayList<>(filters);
        chain.add(Typed.extension(
                "envoy.filters.http.router", "envoy.extensions.filters.http.router.v3.Router", Map.of()));
        return Typed.extension(
                "envoy.filters.network.http_connection_manager",
                "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                Map.ofEntries(
                        Map.entry("stat_prefix", statPrefix),
                        Map.entry("access_log", AccessLogs.http()),
                        Map.entry("use_remote_address", true),
                        Map.entry("preserve_external_request_id", !edge),
                        Map.entry("normalize_path", true),
                        Map.entry("forward_client_cert_details", edge ? "SANITIZE_SET" : "APPEND_FORWARD"),
                        Map.entry("set_current_client_cert_details", Map.of("uri", true)),
                        Map.entry("tracing", tracing()),
                        Map.entry("http_filters", chain),
                        Map.entry("route_config", Map.of("name", routeName, "virtual_hosts", virtualHosts))));
    }

    static Map<String, Object> host(String name, List<String> domains, List<Map<String, Object>> routes) {
        return Map.of("name", name, "domains", domains, "routes", routes);
    }

    static Map<String, Object> route(String prefix, String cluster, String timeout) {
        return Map.of(
                "name",
                "default",
                "match",
                Map.of("prefix", prefix),
                "route",
                Map.of("cluster", cluster, "timeout", timeout));
    }

    /// Gives `%TRACE_ID%` and `%SPAN_ID%` their values and passes `traceparent` on; exports nothing.
    private Map<String, Object> tracing() {
        return Map.of(
                "random_sampling",
                Map.of("value", 0),
                "provider",
                Typed.extension(
                        "envoy.tracers.opentelemetry",
                        "envoy.config.trace.v3.OpenTelemetryConfig",
                        Map.of(
                                "service_name",
                                statPrefix,
                                "grpc_service",
                                Map.of("envoy_grpc", Map.of("cluster_name", NO_TRACES)))));
    }
}
