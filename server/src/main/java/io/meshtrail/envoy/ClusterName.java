package io.meshtrail.envoy;

/// The name of an upstream cluster. Istio writes `outbound|8080||orders.shop.svc.cluster.local`,
/// `inbound|8080||` and, at waypoints, `inbound-vip|8080|http|orders.shop.svc.cluster.local;`.
///
/// @param side of the proxy that has such a cluster; `UNKNOWN` if the name does not say
/// @param host the service's host, or empty
/// @param namespace the service's namespace where the host has Kubernetes' form, or empty
public record ClusterName(Side side, String host, String namespace) {
    public static final ClusterName NONE = new ClusterName(Side.UNKNOWN, "", "");

    public static ClusterName parse(String name) {
        Side side = side(name);
        int last = name.lastIndexOf('|');
        if (side == Side.UNKNOWN || last < 0) {
            return new ClusterName(side, "", "");
        }
        int mark = name.indexOf(';', last);
        String host = name.substring(last + 1, mark < 0 ? name.length() : mark);
        return new ClusterName(side, host, namespace(host));
    }

    private static Side side(String name) {
        if (name.startsWith("outbound|") || name.equals("PassthroughCluster") || name.equals("BlackHoleCluster")) {
            return Side.CLIENT;
        }
        if (name.startsWith("inbound-vip|")) {
            return Side.WAYPOINT;
        }
        boolean inbound = name.startsWith("inbound|") || name.startsWith("InboundPassthroughCluster");
        return inbound ? Side.SERVER : Side.UNKNOWN;
    }

    /// The second label of `orders.shop.svc.cluster.local`.
    private static String namespace(String host) {
        int first = host.indexOf('.');
        int second = host.indexOf('.', first + 1);
        return first > 0 && second > first && host.startsWith(".svc.", second) ? host.substring(first + 1, second) : "";
    }
}
