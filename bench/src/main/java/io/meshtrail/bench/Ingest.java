package io.meshtrail.bench;

import io.meshtrail.bench.load.Freshness;
import io.meshtrail.bench.load.Proxies;
import io.meshtrail.bench.server.Api;
import io.meshtrail.bench.server.DiskUse;
import io.meshtrail.bench.server.MeshtrailProcess;
import io.meshtrail.bench.server.ProcessUse;
import io.meshtrail.bench.server.Standing;
import io.meshtrail.bench.traffic.Traffic;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// From bytes on a socket to sealed segments: what an event costs the server, and how soon it is found.
final class Ingest {
    private static final Duration POLL = Duration.ofMillis(200);

    /// Runs below these are not sealed: the last tile for its alignment, the rest for its age alone.
    private static final long TILE = 256;

    private static final long LEAST_BY_AGE = 4_096;
    private static final int LEDGERS = 2;

    private final Options options;
    private final Report report = new Report();

    Ingest(Options options) {
        this.options = options;
    }

    /// Measures, and tells all as one line of JSON.
    String run() throws IOException, InterruptedException {
        Path folder = options.data().isPresent() ? options.data().get() : temporaryFolder();
        report.machine(options);
        try {
            measure(folder);
            if (options.verify()) {
                verify(folder);
            }
        } finally {
            if (options.data().isEmpty()) {
                delete(java.util.Objects.requireNonNull(folder.getParent()));
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
        Standing standing = await(server, api, now -> now.searchable() >= options.events());
        long searchable = System.nanoTime() - start;
        say("all searchable");
        long lastSeal = System.nanoTime();
        long cpuSealed = use.cpuMicros();
        long sealed = standing.sealed();
        while (!isSealed(standing, System.nanoTime() - lastSeal)) {
            Thread.sleep(POLL);
            standing = standing(server, api);
            if (standing.sealed() != sealed) {
                sealed = standing.sealed();
                lastSeal = System.nanoTime();
                cpuSealed = use.cpuMicros();
                say(standing.sealed() + " sealed");
            }
        }
        double events = options.events();
        report.add("fieldsPerEvent", api.fieldsPerEvent(1_000));
        report.add("cpuMicrosPerEvent", (cpuSealed - cpu) / events);
        report.add("cpuMicrosPerEventUntilDurable", cpuDurable / events);
        report.add("eventsPerSecondDurable", events / (durable / 1e9));
        report.add("eventsPerSecondSearchable", events / (searchable / 1e9));
        report.add("secondsUntilSealed", (lastSeal - start) / 1e9);
        report.add("lost", options.events() - standing.size());
        report.add("unsealed", standing.unsealed());
        report.add("journalBytes", standing.journalBytes());
        report.add("dataBytes", DiskUse.bytes(folder));
        report.add("segmentBytesPerEvent", DiskUse.bytes(folder.resolve("segments")) / (double) sealed);
        report.add("bytesPerEvent", DiskUse.bytes(folder) / events);
        report.add("peakRssBytesIngest", use.peakBytes());
    }

    /// Whether nothing more will be sealed: only remainders are left, and nothing happened for longer than the
    /// age.
    private boolean isSealed(Standing standing, long sinceLastSeal) {
        if (standing.unsealed() < TILE) {
            return true;
        }
        boolean quiet =
                sinceLastSeal > Duration.ofSeconds(options.sealSeconds() + 5L).toNanos();
        return quiet && standing.unsealed() < LEDGERS * LEAST_BY_AGE;
    }

    private Standing await(MeshtrailProcess server, Api api, java.util.function.Predicate<Standing> reached)
            throws IOException, InterruptedException {
        Standing standing = standing(server, api);
        while (!reached.test(standing)) {
            Thread.sleep(POLL);
            standing = standing(server, api);
        }
        return standing;
    }

    private static Standing standing(MeshtrailProcess server, Api api) throws IOException, InterruptedException {
        if (!server.isAlive()) {
            throw new IOException("the server has stopped");
        }
        return api.standing();
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

    /// A folder in a new one, so that the state folder comes to lie beside it.
    private Path temporaryFolder() throws IOException {
        Path parent = options.root().resolve(".build").resolve("bench");
        Files.createDirectories(parent);
        return Files.createTempDirectory(parent, "run").resolve("data");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void say(String text) {
        System.err.println("bench: " + text);
    }
}
