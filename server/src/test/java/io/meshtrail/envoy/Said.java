package io.meshtrail.envoy;

import io.meshtrail.envoy.EnvoyFacts.Told;
import java.util.Optional;

/// Facts for tests, each but a few as if it were not there.
final class Said {
    private Said() {}

    /// A request with an upstream.
    static EnvoyFacts request(long status, String flags, String details, String upstreamFailure) {
        return new EnvoyFacts(
                false,
                Told.END,
                status,
                ResponseFlags.parse(flags),
                details,
                "",
                upstreamFailure,
                "",
                "orders",
                "",
                true,
                Optional.empty());
    }

    /// A connection without an upstream.
    static EnvoyFacts connection(Told told, String flags, String termination, String downstreamFailure) {
        return new EnvoyFacts(
                true,
                told,
                0,
                ResponseFlags.parse(flags),
                "",
                termination,
                "",
                downstreamFailure,
                "",
                "",
                false,
                Optional.empty());
    }

    static EnvoyFacts toCluster(EnvoyFacts facts, String cluster, String route) {
        return new EnvoyFacts(
                facts.isConnection(),
                facts.told(),
                facts.status(),
                facts.flags(),
                facts.details(),
                facts.termination(),
                facts.upstreamFailure(),
                facts.downstreamFailure(),
                cluster,
                route,
                false,
                facts.deniedBy());
    }
}
