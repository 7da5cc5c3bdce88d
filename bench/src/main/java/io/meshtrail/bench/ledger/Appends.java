package io.meshtrail.bench.ledger;

import io.meshtrail.bench.Report;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Appends from one thread with a bounded number of requests in flight, until all is durable and in the
/// tree.
final class Appends {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final OpenLedger ledger;
    private final Report report;

    Appends(OpenLedger ledger, Report report) {
        this.ledger = ledger;
        this.report = report;
    }

    /// @param name of the figures
    /// @param inFlight requests that wait for their answer at a time
    /// @param entries of a request
    /// @param total entries of the run, events made beforehand
    void run(String name, int inFlight, int entries, long total) throws IOException, InterruptedException {
        List<List<AuditEvent>> requests = new ArrayList<>();
        for (long made = 0; made < total; made += entries) {
            List<AuditEvent> request = new ArrayList<>(entries);
            for (int i = 0; i < entries; i++) {
                request.add(OpenLedger.event(made + i));
            }
            requests.add(request);
        }
        Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
        Semaphore flying = new Semaphore(inFlight);
        AtomicReference<String> refused = new AtomicReference<>();
        long end = ledger.traffic().size() + (long) requests.size() * entries;
        long start = System.nanoTime();
        for (List<AuditEvent> request : requests) {
            flying.acquire();
            long asked = System.nanoTime();
            CompletableFuture<EventSink.Answer> _ = ledger.append(request).whenComplete((answer, failed) -> {
                latency.recordValue(System.nanoTime() - asked);
                if (failed != null || !(answer instanceof Receipt)) {
                    refused.set(failed == null ? answer.toString() : failed.toString());
                }
                flying.release();
            });
        }
        flying.acquire(inFlight);
        long durable = System.nanoTime() - start;
        if (refused.get() != null) {
            throw new IOException("the appender refused: " + refused.get());
        }
        while (ledger.traffic().size() < end) {
            ledger.check();
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("after 5 minutes " + ledger.traffic().size() + " of " + end + " are in the tree");
            }
            Thread.onSpinWait();
        }
        long integrated = System.nanoTime() - start;
        double count = (double) requests.size() * entries;
        report.add(name + "DurablePerSecond", Math.round(count / (durable / 1e9)));
        report.add(name + "IntegratedPerSecond", Math.round(count / (integrated / 1e9)));
        report.add(name + "AckP50Millis", latency.getValueAtPercentile(50) / 1e6);
        report.add(name + "AckP99Millis", latency.getValueAtPercentile(99) / 1e6);
    }
}
