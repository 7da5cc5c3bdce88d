package io.meshtrail.bench;

import io.meshtrail.bench.load.Freshness;
import io.meshtrail.bench.traffic.Traffic;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The figures of one run, in the order in which they were found.
final class Report {
    private final Map<String, Object> figures = new LinkedHashMap<>();

    void add(String name, long value) {
        figures.put(name, value);
    }

    /// Two digits after the point say more than the measurement can.
    void add(String name, double value) {
        figures.put(name, Double.valueOf(String.format(Locale.ROOT, "%.2f", value)));
    }

    /// What was measured, on what, and how busy that was before.
    void machine(Options options) {
        figures.put("bench", "ingest");
        figures.put("phase", options.phase().name().toLowerCase(Locale.ROOT));
        if (options.phase().includes(Options.Phase.INGEST)) {
            figures.put("events", options.events());
        }
        figures.put("seed", options.seed());
        figures.put("streams", options.streams());
        figures.put("wireFields", Traffic.FIELDS);
        figures.put("sealEvents", options.sealEvents());
        figures.put("sealAgeSeconds", options.sealSeconds());
        figures.put("serverJavaOptions", options.javaOptions());
        figures.put("java", Runtime.version().toString());
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        add("loadAverageBefore", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    void freshness(Freshness.Result result) {
        add("freshnessEvents", result.events());
        add("freshnessEventsPerSecond", result.rate());
        add("freshnessMarked", result.marked());
        add("freshnessP50Millis", result.p50());
        add("freshnessP99Millis", result.p99());
        add("freshnessMaxMillis", result.most());
    }

    String json() {
        add("loadAverageAfter", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return new JsonMapper().writeValueAsString(figures);
    }
}
