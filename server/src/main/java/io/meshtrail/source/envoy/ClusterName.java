package io.meshtrail.source.envoy;

/// The name of an upstream cluster. Istio writes `outbound|8080||orders.shop.svc.cluster.local`,
/// `inbound|8080||` and, at waypoints, `inbound-vip|8080|http|orders.shop.svc.cluster.local;`.
///
/// @param side `client`, `server`, or empty if the name does not say
/// @param host the service's host, or empty
/// @param namespace the service's namespace where the host has Kubernetes' form, or empty
record ClusterName(String side, String host, String namespace) {
    static final ClusterName NONE = new ClusterName("", "", "");

    static ClusterName parse(String name) {
        String side = side(name);
        int last = name.lastIndexOf('|');
        if (side.isEmpty() || last < 0) {
            return new ClusterName(side, "", "");
        }
        int end = name.endsWith(";") ? name.length() - 1 : name.length();
        String host = end > last ? name.substring(last + 1, end) : "";
        return new ClusterName(side, host, namespace(host));
    }

    private static String side(String name) {
        if (name.startsWith("outbound|") || name.equals("PassthroughCluster") || name.equals("BlackHoleCluster")) {
            return "client";
        }
        boolean inbound = name.startsWith("inbound|")
                || name.startsWith("inbound-vip|")
                || name.startsWith("InboundPassthroughCluster");
        return inbound ? "server" : "";
    }

    /// The second label of `orders.shop.svc.cluster.local`.
    private static String namespace(String host) {
        int first = host.indexOf('.');
        int second = host.indexOf('.', first + 1);
        return first > 0 && second > first && host.startsWith(".svc.", second) ? host.substring(first + 1, second) : "";
    }
}
