package io.meshtrail.demo.envoy;

import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.identity.DemoCa;
import io.meshtrail.demo.identity.TokenIssuer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The listeners of one proxy, each with the access log that shows failed handshakes.
final class Listeners {
    private static final String PATIENT = "5s";

    private final Workload own;
    private final Subnet subnet;
    private final DemoCa ca;
    private final Filters filters;

    Listeners(Workload own, Subnet subnet, DemoCa ca, Filters filters) {
        this.own = own;
        this.subnet = subnet;
        this.ca = ca;
        this.filters = filters;
    }

    /// The door of the mesh: TLS, a token, then the policies.
    Map<String, Object> gateway(TokenIssuer tokens, Workload behind) {
        List<Object> chain = new ArrayList<>();
        chain.add(Filters.token(tokens));
        chain.addAll(filters.http(own));
        Map<String, Object> manager = new HttpManager("outbound_0.0.0.0_8443", "https.443", true)
                .filter(
                        List.of(HttpManager.host(
                                "shop.example:443",
                                List.of("*"),
                                List.of(HttpManager.route(
                                        "/", Clusters.outboundName(Workload.APP, behind.host()), PATIENT)))),
                        chain);
        Map<String, Object> secured =
                Map.of("transport_socket", Tls.simple(ca.identity(DemoCa.GATEWAY_SERVER)), "filters", List.of(manager));
        return listener("0.0.0.0_8443", Workload.GATEWAY, secured, List.of(Filters.tlsInspector()));
    }

    /// Calls of other workloads to the service behind this sidecar.
    Map<String, Object> inboundHttp(List<Map<String, Object>> special) {
        List<Map<String, Object>> routes = new ArrayList<>(special);
        routes.add(HttpManager.route("/", Clusters.inboundName(Workload.APP), PATIENT));
        Map<String, Object> manager = new HttpManager(
                        "inbound_0.0.0.0_" + Workload.APP, Clusters.inboundName(Workload.APP), false)
                .filter(
                        List.of(HttpManager.host("inbound|http|" + Workload.APP, List.of("*"), routes)),
                        filters.http(own));
        // No inspector here: plaintext meets the TLS socket itself and fails as a handshake.
        return listener("virtualInbound", Workload.INBOUND, mutual(Map.of(), List.of(manager)), List.of());
    }

    /// Connections of other workloads to the database behind this sidecar; only for the server name of its
    /// own service.
    Map<String, Object> inboundTcp(int port) {
        List<Object> chain = new ArrayList<>(filters.network(own));
        chain.add(Filters.tcpProxy(Clusters.inboundName(port)));
        Map<String, Object> match = Map.of("transport_protocol", "tls", "server_names", List.of(own.sni(port)));
        return listener("virtualInbound", Workload.INBOUND, mutual(match, chain), List.of(Filters.tlsInspector()));
    }

    /// Calls of the service behind this sidecar to others.
    Map<String, Object> outboundHttp(List<Workload> others, List<String> moreHosts) {
        List<Object> hosts = new ArrayList<>();
        for (String host : hostNames(others, moreHosts)) {
            hosts.add(HttpManager.host(
                    host + ":" + Workload.APP,
                    List.of(host, host + ":" + Workload.APP),
                    List.of(HttpManager.route("/", Clusters.outboundName(Workload.APP, host), PATIENT))));
        }
        Map<String, Object> manager = new HttpManager(
                        "outbound_0.0.0.0_" + Workload.APP, Integer.toString(Workload.APP), false)
                .filter(hosts, List.of());
        return listener("0.0.0.0_8080", Workload.OUTBOUND, Map.of("filters", List.of(manager)), List.of());
    }

    /// Database connections of the service behind this sidecar.
    Map<String, Object> outboundTcp(Workload other, int port) {
        Map<String, Object> proxy = Filters.tcpProxy(Clusters.outboundName(port, other.host()));
        return listener("0.0.0.0_" + port, port, Map.of("filters", List.of(proxy)), List.of());
    }

    private static List<String> hostNames(List<Workload> others, List<String> moreHosts) {
        List<String> names = new ArrayList<>(others.stream().map(Workload::host).toList());
        names.addAll(moreHosts);
        return names;
    }

    private Map<String, Object> mutual(Map<String, Object> match, List<Object> chain) {
        return Map.of(
                "filter_chain_match", match, "transport_socket", Tls.mutual(ca, ca.identity(own)), "filters", chain);
    }

    private Map<String, Object> listener(
            String name, int port, Map<String, Object> filterChain, List<Object> listenerFilters) {
        Map<String, Object> listener = new LinkedHashMap<>();
        listener.put("name", name);
        listener.put("address", Typed.address(own.address(subnet), port));
        listener.put("filter_chains", List.of(filterChain));
        listener.put("access_log", AccessLogs.listener());
        if (!listenerFilters.isEmpty()) {
            listener.put("listener_filters", listenerFilters);
        }
        return listener;
    }
}
