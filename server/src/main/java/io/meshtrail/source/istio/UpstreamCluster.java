package io.meshtrail.source.istio;

import java.util.Optional;

/// What the name of an Envoy cluster says in Istio: `<direction>|<port>|<subset>|<host>` or a word of its own.
///
/// @param side `client`, `server` or `waypoint`: who writes the line
/// @param service the host behind the cluster
record UpstreamCluster(Optional<String> side, Optional<String> service) {
    static UpstreamCluster of(String name) {
        if (name.startsWith("inbound-vip|")) {
            return new UpstreamCluster(Optional.of("waypoint"), host(name));
        }
        if (name.startsWith("inbound|") || name.startsWith("InboundPassthrough")) {
            return new UpstreamCluster(Optional.of("server"), Optional.empty());
        }
        if (name.startsWith("outbound|")) {
            return new UpstreamCluster(Optional.of("client"), host(name));
        }
        boolean egress = name.equals("PassthroughCluster") || name.equals("BlackHoleCluster");
        return new UpstreamCluster(egress ? Optional.of("client") : Optional.empty(), Optional.empty());
    }

    private static Optional<String> host(String name) {
        String host = name.substring(name.lastIndexOf('|') + 1);
        int end = host.indexOf(';');
        String plain = end < 0 ? host : host.substring(0, end);
        return plain.isEmpty() ? Optional.empty() : Optional.of(plain);
    }
}
