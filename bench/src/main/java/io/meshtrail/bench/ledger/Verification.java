package io.meshtrail.bench.ledger;

import io.meshtrail.bench.Report;
import io.meshtrail.bench.server.ProcessUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `meshtrail verify` over a data folder: what hashing everything again costs.
final class Verification {
    private static final long POLL_MILLIS = 20;

    private final Path root;
    private final Report report;

    Verification(Path root, Report report) {
        this.root = root;
        this.report = report;
    }

    void run(Path data, long entries) throws IOException, InterruptedException {
        Process verify = new ProcessBuilder(List.of(
                        root.resolve("bin").resolve("meshtrail").toString(), "verify", "--data", data.toString()))
                .redirectOutput(
                        ProcessBuilder.Redirect.to(Path.of("/dev/stderr").toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long start = System.nanoTime();
        ProcessUse use = new ProcessUse(verify.pid());
        long cpu = 0;
        while (!verify.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            cpu = Math.max(cpu, cpuMicros(use));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        report.add("verifyExit", verify.exitValue());
        report.add("verifySeconds", seconds);
        report.add("verifyEntriesPerSecond", Math.round(entries / seconds));
        report.add("verifyEntriesPerCoreSecond", Math.round(entries / Math.max(0.001, cpu / 1e6)));
    }

    private static long cpuMicros(ProcessUse use) {
        try {
            return use.cpuMicros();
        } catch (IOException ended) {
            return 0;
        }
    }
}
