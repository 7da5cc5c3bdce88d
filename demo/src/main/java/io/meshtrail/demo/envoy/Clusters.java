package io.meshtrail.demo.envoy;

import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.identity.DemoCa;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The clusters of one proxy, by Istio's names.
final class Clusters {
    /// A service that expects another identity than the one it meets.
    static final String LEGACY_HOST = "legacy.shop.svc.cluster.local";

    private static final String PROTOCOL = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private final Workload own;
    private final Subnet subnet;
    private final DemoCa ca;

    Clusters(Workload own, Subnet subnet, DemoCa ca) {
        this.own = own;
        this.subnet = subnet;
        this.ca = ca;
    }

    static String inboundName(int port) {
        return "inbound|" + port + "||";
    }

    static String outboundName(int port, String host) {
        return "outbound|" + port + "||" + host;
    }

    /// The service behind this sidecar.
    Map<String, Object> inbound(int port) {
        Map<String, Object> cluster = basic(inboundName(port), own.address(subnet), port);
        // The JDK's server closes idle connections after 30 s; be first.
        cluster.put("typed_extension_protocol_options", protocol(Map.of("http_protocol_options", Map.of()), "10s"));
        return cluster;
    }

    /// A service elsewhere that does not speak HTTP.
    Map<String, Object> inboundTcp(int port) {
        return basic(inboundName(port), own.address(subnet), port);
    }

    /// Another workload's HTTP service, over mTLS.
    Map<String, Object> outbound(Workload other, boolean http2) {
        String host = other.host();
        Map<String, Object> cluster = mutual(
                outboundName(Workload.APP, host),
                other,
                other.spiffeId(),
                other.sni(Workload.APP),
                http2 ? "h2" : "http/1.1");
        if (http2) {
            cluster.put(
                    "typed_extension_protocol_options", protocol(Map.of("http2_protocol_options", Map.of()), "60s"));
        }
        return cluster;
    }

    /// Another workload's database port, over mTLS.
    Map<String, Object> outboundTcp(Workload other, int port) {
        return mutual(outboundName(port, other.host()), other, other.spiffeId(), other.sni(port), "istio");
    }

    /// A host name that leads to a workload of another identity than the client demands.
    Map<String, Object> legacy(Workload met) {
        return mutual(
                outboundName(Workload.APP, LEGACY_HOST),
                met,
                "spiffe://cluster.local/ns/shop/sa/legacy",
                "outbound_.8080_._." + LEGACY_HOST,
                "http/1.1");
    }

    /// A gRPC service outside the mesh.
    static Map<String, Object> grpc(String name, String host, int port) {
        Map<String, Object> cluster = basic(name, host, port);
        cluster.put("type", host.matches("[0-9.]+") ? "STATIC" : "STRICT_DNS");
        cluster.put("typed_extension_protocol_options", protocol(Map.of("http2_protocol_options", Map.of()), "3600s"));
        return cluster;
    }

    private Map<String, Object> mutual(String name, Workload other, String spiffeId, String sni, String alpn) {
        Map<String, Object> cluster = basic(name, other.address(subnet), Workload.INBOUND);
        cluster.put("transport_socket", Tls.towards(ca, ca.identity(own), spiffeId, sni, alpn));
        cluster.put(
                "upstream_bind_config",
                Map.of("source_address", Map.of("address", own.address(subnet), "port_value", 0)));
        return cluster;
    }

    private static Map<String, Object> basic(String name, String host, int port) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("name", name);
        cluster.put("type", "STATIC");
        cluster.put("connect_timeout", "2s");
        cluster.put(
                "load_assignment",
                Map.of(
                        "cluster_name",
                        name,
                        "endpoints",
                        List.of(Map.of(
                                "lb_endpoints",
                                List.of(Map.of("endpoint", Map.of("address", Typed.address(host, port))))))));
        return cluster;
    }

    private static Map<String, Object> protocol(Map<String, ?> config, String idle) {
        return Map.of(
                PROTOCOL,
                Typed.of(
                        PROTOCOL,
                        Map.of(
                                "explicit_http_config",
                                config,
                                "common_http_protocol_options",
                                Map.of("idle_timeout", idle))));
    }
}
