package io.meshtrail.bench.ledger;

import io.meshtrail.bench.Report;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Inclusion proofs of random entries, asked for one after the other.
final class Proofs {
    private final Served served;
    private final Report report;

    Proofs(Served served, Report report) {
        this.served = served;
        this.report = report;
    }

    /// @param below leafIndexes are drawn below this: those in segments
    void run(int count, long below, long seed) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        for (int i = 0; i < count; i++) {
            long leafIndex = random.nextLong(below);
            long asked = System.nanoTime();
            served.proof(leafIndex);
            latency.recordValue(System.nanoTime() - asked);
        }
        report.add("proofP50Millis", latency.getValueAtPercentile(50) / 1e6);
        report.add("proofP99Millis", latency.getValueAtPercentile(99) / 1e6);
        report.add("proofMaxMillis", latency.getMaxValue() / 1e6);
    }
}
