package io.meshtrail.source.envoy;

/// Where a proxy stands in a call: the value of `observer.side`. The first rule that fits:
///
/// 1. a `router` node is a `gateway`, a `waypoint` node a `waypoint`;
/// 2. a cluster `inbound…` is the `server`'s, `outbound…`, `PassthroughCluster` and `BlackHoleCluster` the
///    `client`'s;
/// 3. so is a route of such a name; `allow_any` and `block_all` are the client's;
/// 4. who shows a certificate downstream, or failed to agree on TLS there, is the `server`;
/// 5. Istio's virtual listeners: port 15006 is the server's, 15001 the client's;
/// 6. a caller at the proxy's own address is its application, so the proxy is the `client`; a call to the
///    proxy's own address is the `server`'s;
/// 7. else it is unknown.
///
/// Rules 4 to 6 are for entries that never got a cluster: denied, refused, not routed.
final class ObserverSide {
    static final String SERVER = "server";
    static final String CLIENT = "client";
    static final String GATEWAY = "gateway";
    static final String WAYPOINT = "waypoint";

    private static final int ISTIO_INBOUND = 15_006;
    private static final int ISTIO_OUTBOUND = 15_001;

    private ObserverSide() {}

    /// One of the four words, or empty.
    static String of(StreamNode node, ClusterName cluster, EntryFacts facts) {
        if (node.type().equals("router")) {
            return GATEWAY;
        }
        if (node.type().equals(WAYPOINT)) {
            return WAYPOINT;
        }
        if (!cluster.side().isEmpty()) {
            return cluster.side();
        }
        byte[] bytes = facts.bytes;
        if (Span.startsWith(bytes, facts.route, "inbound|")) {
            return SERVER;
        }
        if (Span.startsWith(bytes, facts.route, "outbound|")
                || Span.is(bytes, facts.route, "allow_any")
                || Span.is(bytes, facts.route, "block_all")) {
            return CLIENT;
        }
        if (facts.tls.local.present() || facts.tls.peer.present() || facts.downstreamFailure != Span.NONE) {
            return SERVER;
        }
        return byAddress(node, facts);
    }

    private static String byAddress(StreamNode node, EntryFacts facts) {
        if (node.mesh().equals("istio") && facts.local.port == ISTIO_INBOUND) {
            return SERVER;
        }
        if (node.mesh().equals("istio") && facts.local.port == ISTIO_OUTBOUND) {
            return CLIENT;
        }
        if (node.address().isEmpty()) {
            return "";
        }
        if (Span.is(facts.bytes, facts.remote.host, node.address())) {
            return CLIENT;
        }
        return Span.is(facts.bytes, facts.local.host, node.address()) ? SERVER : "";
    }
}
