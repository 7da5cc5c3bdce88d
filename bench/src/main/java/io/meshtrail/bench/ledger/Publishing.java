package io.meshtrail.bench.ledger;

import io.meshtrail.bench.Report;
import io.meshtrail.event.Receipt;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// How long an entry takes from the appender's door to a signed checkpoint that covers it, at a steady
/// rate and a checkpoint a second.
final class Publishing {
    private static final int PER_SECOND = 1_000;

    private final OpenLedger ledger;
    private final Report report;

    Publishing(OpenLedger ledger, Report report) {
        this.ledger = ledger;
        this.report = report;
    }

    private record Appended(long leafIndex, long at) {}

    void run(int seconds) throws IOException {
        Queue<Appended> waiting = new ConcurrentLinkedQueue<>();
        Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        long start = System.nanoTime();
        long total = (long) seconds * PER_SECOND;
        for (long number = 0; number < total; number++) {
            long due = start + number * (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
            while (System.nanoTime() < due) {
                collect(waiting, latency);
                LockSupport.parkNanos(200_000);
            }
            long asked = due;
            CompletableFuture<Void> _ = ledger.append(List.of(OpenLedger.event(number)))
                    .thenAccept(answer -> {
                        if (answer instanceof Receipt receipt) {
                            waiting.add(new Appended(
                                    receipt.placements().getFirst().address().leafIndex(), asked));
                        }
                    });
        }
        while (latency.getTotalCount() < total) {
            ledger.check();
            collect(waiting, latency);
            LockSupport.parkNanos(200_000);
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds + 60L)) {
                throw new IOException(latency.getTotalCount() + " of " + total + " were published");
            }
        }
        report.add("publishedP50Millis", latency.getValueAtPercentile(50) / 1e6);
        report.add("publishedP99Millis", latency.getValueAtPercentile(99) / 1e6);
        report.add("publishedMaxMillis", latency.getMaxValue() / 1e6);
    }

    private void collect(Queue<Appended> waiting, Histogram latency) {
        long published = ledger.traffic().publishedSize();
        long now = System.nanoTime();
        for (Iterator<Appended> each = waiting.iterator(); each.hasNext(); ) {
            Appended appended = each.next();
            if (appended.leafIndex() < published) {
                latency.recordValue(now - appended.at());
                each.remove();
            }
        }
    }
}
