package io.meshtrail.source.envoy;

import io.meshtrail.envoy.ClusterName;
import io.meshtrail.envoy.Side;
import io.meshtrail.protobuf.Span;

/// Where a proxy stands in a call: the value of `observer.side`. The first rule that fits:
///
/// 0. where the operator configured a custom tag `observer.side`, that word;
/// 1. a `router` node is a `gateway`, a `waypoint` node a `waypoint`;
/// 2. a cluster `inbound-vip…` is the `waypoint`'s, another `inbound…` the `server`'s, `outbound…`,
///    `PassthroughCluster` and `BlackHoleCluster` the `client`'s;
/// 3. so is a route of such a name; `allow_any` and `block_all` are the client's;
/// 4. who shows a certificate downstream, or failed to agree on TLS there, is the `server`;
/// 5. Istio's virtual listeners: port 15006 is the server's, 15001 the client's;
/// 6. a caller at the proxy's own address is its application, so the proxy is the `client`; a call to the
///    proxy's own address is the `server`'s;
/// 7. else it is unknown.
///
/// Rules 4 to 6 are for entries that never got a cluster: denied, refused, not routed.
final class SideRules {
    private static final int ISTIO_INBOUND = 15_006;
    private static final int ISTIO_OUTBOUND = 15_001;

    private SideRules() {}

    /// @param tagged what the tag says
    /// @param route the name of the route
    static Side of(Side tagged, StreamNode node, ClusterName cluster, String route, EntryFacts facts) {
        if (tagged != Side.UNKNOWN) {
            return tagged;
        }
        if (node.type().equals("router")) {
            return Side.GATEWAY;
        }
        if (node.type().equals("waypoint")) {
            return Side.WAYPOINT;
        }
        if (cluster.side() != Side.UNKNOWN) {
            return cluster.side();
        }
        Side byRoute = Side.ofRoute(route);
        if (byRoute != Side.UNKNOWN) {
            return byRoute;
        }
        if (facts.tls.local.present() || facts.tls.peer.present() || facts.downstreamFailure != Span.NONE) {
            return Side.SERVER;
        }
        return byAddress(node, facts);
    }

    private static Side byAddress(StreamNode node, EntryFacts facts) {
        if (node.mesh().equals("istio") && facts.local.port == ISTIO_INBOUND) {
            return Side.SERVER;
        }
        if (node.mesh().equals("istio") && facts.local.port == ISTIO_OUTBOUND) {
            return Side.CLIENT;
        }
        if (node.address().isEmpty()) {
            return Side.UNKNOWN;
        }
        if (Span.is(facts.bytes, facts.remote.host, node.address())) {
            return Side.CLIENT;
        }
        return Span.is(facts.bytes, facts.local.host, node.address()) ? Side.SERVER : Side.UNKNOWN;
    }
}
