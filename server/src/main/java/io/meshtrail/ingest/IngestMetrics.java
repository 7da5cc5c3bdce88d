package io.meshtrail.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The counts of all receivers together, for Prometheus. Rejections carry their producer too, for the first
/// hundred producers that had any; the rest are `other`, as a stranger must not be able to grow the registry
/// without end.
final class IngestMetrics {
    private static final int NAMED_PRODUCERS = 100;

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter ignored;
    private final Counter duplicate;
    private final Counter bytes;
    private final Counter pushbacks;
    private final Counter oversized;
    private final AtomicLong openStreams;
    private final AtomicLong unacknowledged;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = records("accepted");
        this.ignored = records("ignored");
        this.duplicate = records("duplicate");
        this.bytes = registry.counter("meshtrail.ingest.received.bytes");
        this.pushbacks = registry.counter("meshtrail.ingest.pushbacks");
        this.oversized = registry.counter("meshtrail.ingest.oversized.messages");
        this.openStreams = registry.gauge("meshtrail.ingest.open.streams", new AtomicLong());
        this.unacknowledged = registry.gauge("meshtrail.ingest.unacknowledged.bytes", new AtomicLong());
    }

    private Counter records(String outcome) {
        return registry.counter("meshtrail.ingest.records", "outcome", outcome, "producer", "all");
    }

    void arrived(long count) {
        bytes.increment((double) count);
    }

    void accepted(long count) {
        accepted.increment((double) count);
    }

    void ignored(long count) {
        ignored.increment((double) count);
    }

    void duplicate(long count) {
        duplicate.increment((double) count);
    }

    void rejected(String producer, int count) {
        if (count > 0) {
            boolean name = named.contains(producer) || (named.size() < NAMED_PRODUCERS && named.add(producer));
            registry.counter("meshtrail.ingest.records", "outcome", "rejected", "producer", name ? producer : "other")
                    .increment((double) count);
        }
    }

    void pushedBack() {
        pushbacks.increment();
    }

    void oversized() {
        oversized.increment();
    }

    void streams(int change) {
        openStreams.addAndGet(change);
    }

    void unacknowledged(long change) {
        unacknowledged.addAndGet(change);
    }
}
