package io.meshtrail.bench;

import io.meshtrail.bench.load.Freshness;
import io.meshtrail.bench.load.Proxies;
import io.meshtrail.bench.server.Api;
import io.meshtrail.bench.server.DiskUse;
import io.meshtrail.bench.server.MeshtrailProcess;
import io.meshtrail.bench.server.ProcessUse;
import io.meshtrail.bench.server.Sealing;
import io.meshtrail.bench.server.Standing;
import io.meshtrail.bench.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// From bytes on a socket to sealed segments: what an event costs the server, and how soon it is found.
final class Ingest {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Options options;
    private final Report report = new Report();

    Ingest(Options options) {
        this.options = options;
    }

    /// Measures, and tells all as one line of JSON.
    String run() throws IOException, InterruptedException {
        report.machine(options);
        try (Scratch scratch = Scratch.of(options.root(), options.data())) {
            measure(scratch.folder());
            if (options.verify()) {
                verify(scratch.folder());
            }
        }
        return report.json();
    }

    private void measure(Path folder) throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(
                "MESHTRAIL_SEAL_EVENTS", Long.toString(options.sealEvents()),
                "MESHTRAIL_SEAL_AGE", options.sealSeconds() + "s",
                "MESHTRAIL_JAVA_OPTS", options.javaOptions());
        Traffic traffic = new Traffic(options.seed(), options.streams());
        Path script = options.root().resolve("bin").resolve("meshtrail");
        try (MeshtrailProcess server = MeshtrailProcess.start(script, folder, settings);
                Api api = new Api(server.web())) {
            while (!api.isReady()) {
                Thread.sleep(POLL);
            }
            try (Proxies proxies = new Proxies(server.ingest(), traffic)) {
                if (options.phase().includes(Options.Phase.INGEST)) {
                    ingest(proxies, api, server, folder);
                }
            }
            if (options.phase().includes(Options.Phase.FRESHNESS)) {
                Traffic more = new Traffic(options.seed() + 1, options.streams());
                try (Proxies proxies = new Proxies(server.ingest(), more)) {
                    report.freshness(
                            new Freshness(proxies, api).measure(options.rate(), Duration.ofSeconds(options.seconds())));
                    proxies.finish();
                }
            }
            report.add("peakRssBytes", new ProcessUse(server.pid()).peakBytes());
        }
    }

    private void ingest(Proxies proxies, Api api, MeshtrailProcess server, Path folder)
            throws IOException, InterruptedException {
        ProcessUse use = new ProcessUse(server.pid());
        long cpu = use.cpuMicros();
        long start = System.nanoTime();
        for (long i = 1; i <= options.events(); i++) {
            proxies.call();
            if (i % 500_000 == 0) {
                say(i + " events sent");
            }
        }
        proxies.finish();
        long durable = System.nanoTime() - start;
        long cpuDurable = use.cpuMicros() - cpu;
        say("all durable");
        Sealing sealing = new Sealing(server, api, options.sealSeconds(), Ingest::say);
        sealing.awaitSearchable(options.events());
        long searchable = System.nanoTime() - start;
        say("all searchable");
        Standing standing = sealing.awaitSealed();
        double events = options.events();
        report.add("fieldsPerEvent", api.fieldsPerEvent(1_000));
        report.add("cpuMicrosPerEvent", (sealing.cpuMicros() - cpu) / events);
        report.add("cpuMicrosPerEventUntilDurable", cpuDurable / events);
        report.add("eventsPerSecondDurable", events / (durable / 1e9));
        report.add("eventsPerSecondSearchable", events / (searchable / 1e9));
        report.add("secondsUntilSealed", (sealing.lastSeal() - start) / 1e9);
        report.add("lost", options.events() - standing.size());
        report.add("unsealed", standing.unsealed());
        report.add("journalBytes", standing.journalBytes());
        report.add("dataBytes", DiskUse.bytes(folder));
        report.add("segmentBytesPerEvent", DiskUse.bytes(folder.resolve("segments")) / (double) standing.sealed());
        report.add("bytesPerEvent", DiskUse.bytes(folder) / events);
        report.add("peakRssBytesIngest", use.peakBytes());
    }

    /// Lets the product check its own data folder, from the bytes.
    private void verify(Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process verify = new ProcessBuilder(List.of(
                        options.root().resolve("bin").resolve("meshtrail").toString(),
                        "verify",
                        "--data",
                        folder.toString()))
                .redirectOutput(
                        ProcessBuilder.Redirect.to(Path.of("/dev/stderr").toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        report.add("verifyExit", verify.waitFor());
        report.add("verifySeconds", (System.nanoTime() - start) / 1e9);
    }

    private static void say(String text) {
        System.err.println("bench: " + text);
    }
}
