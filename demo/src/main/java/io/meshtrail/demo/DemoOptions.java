package io.meshtrail.demo;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Subnet;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// How a demo mesh runs.
///
/// @param envoy the program
/// @param work a folder for certificates, configuration and logs; reused by the next start
/// @param ingest where Meshtrail takes access logs and audit events; the proxies connect again and again
///     until it is
/// there
/// @param rate calls a second in all, when every case is chosen; the sum of the cases' own rates is 200
/// @param policyInterval how often a policy changes
/// @param cases which cases are made
/// @param subnet the loopback addresses to use; empty for the first free ones
public record DemoOptions(
        Path envoy,
        Path work,
        InetSocketAddress ingest,
        double rate,
        Duration policyInterval,
        Set<Case> cases,
        Optional<Subnet> subnet) {
    public DemoOptions {
        if (!(rate > 0 && rate <= 10_000)) {
            throw new IllegalArgumentException(
                    "the rate must be above 0 and at most 10000 calls a second, found " + rate);
        }
        if (policyInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the policy interval must be at least 1 s, found " + policyInterval);
        }
        cases = Set.copyOf(cases);
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("no case is chosen");
        }
    }

    /// All cases, 200 calls a second, a policy change every minute, the first free addresses.
    public static DemoOptions of(Path envoy, Path work, InetSocketAddress ingest) {
        return new DemoOptions(
                envoy, work, ingest, 200, Duration.ofMinutes(1), EnumSet.allOf(Case.class), Optional.empty());
    }

    public DemoOptions withRate(double perSecond) {
        return new DemoOptions(envoy, work, ingest, perSecond, policyInterval, cases, subnet);
    }

    public DemoOptions withPolicyInterval(Duration interval) {
        return new DemoOptions(envoy, work, ingest, rate, interval, cases, subnet);
    }

    public DemoOptions withCases(Set<Case> chosen) {
        return new DemoOptions(envoy, work, ingest, rate, policyInterval, chosen, subnet);
    }

    public DemoOptions withSubnet(Subnet chosen) {
        return new DemoOptions(envoy, work, ingest, rate, policyInterval, cases, Optional.of(chosen));
    }

    public DemoOptions withIngest(InetSocketAddress address) {
        return new DemoOptions(envoy, work, address, rate, policyInterval, cases, subnet);
    }
}
