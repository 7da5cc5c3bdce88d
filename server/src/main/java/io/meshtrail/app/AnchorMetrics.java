package io.meshtrail.app;

import io.meshtrail.anchor.AnchorStation;
import io.meshtrail.anchor.AnchorStatus;
import io.meshtrail.host.Host;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/// `meshtrail_anchor_*`: what each anchor has, how old that is, how often it failed.
final class AnchorMetrics {
    private static final double NANOS = 1e9;

    private AnchorMetrics() {}

    static void register(MeterRegistry metrics, AnchorStation station, Host host) {
        for (AnchorStatus each : station.statuses()) {
            Tags tags = Tags.of("anchor", each.name(), "kind", each.kind());
            Gauge.builder("meshtrail.anchor.size", station, of(each.name(), AnchorMetrics::size))
                    .description("Size of the last checkpoint of root on record at this anchor; 0 if none")
                    .tags(tags)
                    .register(metrics);
            Gauge.builder("meshtrail.anchor.age.seconds", station, of(each.name(), status -> age(status, host)))
                    .description("Since that checkpoint was recorded; NaN if there is none")
                    .tags(tags)
                    .register(metrics);
            FunctionCounter.builder("meshtrail.anchor.failures", station, of(each.name(), AnchorStatus::failures))
                    .description("Attempts that failed since the start")
                    .tags(tags)
                    .register(metrics);
        }
    }

    private static ToDoubleFunction<AnchorStation> of(String name, ToDoubleFunction<AnchorStatus> value) {
        return station -> station.statuses().stream()
                .filter(status -> status.name().equals(name))
                .mapToDouble(value)
                .sum();
    }

    private static double size(AnchorStatus status) {
        return status.last()
                .map(record -> (double) record.checkpoint().treeSize())
                .orElse(0.0);
    }

    private static double age(AnchorStatus status, Host host) {
        return status.last().map(record -> (host.now() - record.at()) / NANOS).orElse(Double.NaN);
    }
}
