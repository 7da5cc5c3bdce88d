package io.meshtrail.bench;

import io.meshtrail.bench.load.Freshness;
import io.meshtrail.bench.traffic.Traffic;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The figures of one run, in the order in which they were found.
public final class Report {
    private final Map<String, Object> figures = new LinkedHashMap<>();

    public void add(String name, long value) {
        figures.put(name, value);
    }

    /// Two digits after the point say more than the measurement can.
    public void add(String name, double value) {
        figures.put(name, Double.valueOf(String.format(Locale.ROOT, "%.2f", value)));
    }

    public void add(String name, String value) {
        figures.put(name, value);
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
        machine();
    }

    /// On what is measured, and how busy that was before.
    public void machine() {
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

    public String json() {
        add("loadAverageAfter", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return new JsonMapper().writeValueAsString(figures);
    }
}
