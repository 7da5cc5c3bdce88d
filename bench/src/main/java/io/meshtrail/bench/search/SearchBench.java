package io.meshtrail.bench.search;

import io.meshtrail.bench.Report;
import io.meshtrail.bench.Scratch;
import io.meshtrail.bench.load.Proxies;
import io.meshtrail.bench.server.Api;
import io.meshtrail.bench.server.DiskUse;
import io.meshtrail.bench.server.MeshtrailProcess;
import io.meshtrail.bench.server.ProcessUse;
import io.meshtrail.bench.server.Sealing;
import io.meshtrail.bench.server.Standing;
import io.meshtrail.bench.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How soon things are found among many sealed events.
public final class SearchBench {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int STREAMS = 128;
    private static final int SEAL_SECONDS = 20;
    private static final Duration SPREAD = Duration.ofHours(24);

    private final SearchOptions options;
    private final Report report = new Report();

    public SearchBench(SearchOptions options) {
        this.options = options;
    }

    /// Measures, and tells all as one line of JSON.
    public String run() throws IOException, InterruptedException {
        report.add("bench", "search");
        report.add("seed", options.seed());
        report.add("sealEvents", options.sealEvents());
        report.add("serverJavaOptions", options.javaOptions());
        report.machine();
        try (Scratch scratch = Scratch.of(options.root(), options.data())) {
            if (!Files.exists(scratch.folder().resolve("manifest"))) {
                load(scratch.folder());
            }
            report.add("segmentBytes", DiskUse.bytes(scratch.folder().resolve("segments")));
            report.add("sidecarBytes", sidecarBytes(scratch.folder().resolve("segments")));
            ask(scratch.folder());
        }
        return report.json();
    }

    private void load(Path folder) throws IOException, InterruptedException {
        Traffic traffic = new Traffic(options.seed(), STREAMS);
        long first = Instant.now().minus(SPREAD).getEpochSecond() * 1_000_000_000L;
        long step = SPREAD.toNanos() / options.events();
        try (MeshtrailProcess server = start(folder);
                Api api = new Api(server.web());
                Proxies proxies = new Proxies(server.ingest(), traffic)) {
            long begun = System.nanoTime();
            for (long i = 0; i < options.events(); i++) {
                proxies.call(first + i * step);
                if (i % 1_000_000 == 999_999) {
                    say((i + 1) + " events sent");
                }
            }
            proxies.finish();
            Sealing sealing = new Sealing(server, api, SEAL_SECONDS, SearchBench::say);
            sealing.awaitSearchable(options.events());
            report.add("loadSeconds", (System.nanoTime() - begun) / 1e9);
            sealing.awaitSealed();
        }
    }

    private MeshtrailProcess start(Path folder) throws IOException {
        return MeshtrailProcess.start(
                options.root().resolve("bin").resolve("meshtrail"),
                folder,
                Map.of(
                        "MESHTRAIL_SEAL_EVENTS", Long.toString(options.sealEvents()),
                        "MESHTRAIL_SEAL_AGE", SEAL_SECONDS + "s",
                        "MESHTRAIL_JAVA_OPTS", options.javaOptions()));
    }

    private void ask(Path folder) throws IOException, InterruptedException {
        // What the server shall ask for is drawn from another one: then its own first questions are cold.
        Instant last;
        List<JsonNode> events;
        try (MeshtrailProcess server = start(folder);
                Api api = new Api(server.web())) {
            awaitReady(api);
            JsonNode newest =
                    api.get("/api/events?limit=1").get("events").get(0).get("event");
            last = Instant.parse(newest.get("time").asString());
            events = questions(server, api).drawn(last.minus(SPREAD), last);
        }
        report.add("cacheDropped", Long.toString(dropCache() ? 1 : 0));
        long begun = System.nanoTime();
        try (MeshtrailProcess server = start(folder);
                Api api = new Api(server.web())) {
            awaitReady(api);
            report.add("startToReadyMillis", (System.nanoTime() - begun) / 1e6);
            Standing standing = api.standing();
            report.add("events", standing.size());
            report.add("sealed", standing.sealed());
            // Sidecars are checked in the background; while that goes on, segments are read whole.
            Thread.sleep(Duration.ofMillis(2_000 + standing.sealed() / 5_000));
            dropCache();
            Questions questions = questions(server, api);
            ProcessUse use = new ProcessUse(server.pid());
            report.add("anonymousBytesBefore", use.anonymousBytes());
            questions.needle(events);
            questions.lastHour(events.getFirst(), last);
            questions.aggregates(last);
            questions.substring(events);
            report.add("anonymousBytes", use.anonymousBytes());
            report.add("peakRssBytes", use.peakBytes());
        }
    }

    private Questions questions(MeshtrailProcess server, Api api) {
        return new Questions(api, new ProcessUse(server.pid()), report, options.repeats(), options.seed());
    }

    private static void awaitReady(Api api) throws IOException, InterruptedException {
        while (!api.isReady()) {
            Thread.sleep(POLL);
        }
    }

    /// Lets the system forget what it has read from disk, if we may.
    private static boolean dropCache() {
        try {
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1\n");
            return true;
        } catch (IOException notAllowed) {
            return false;
        }
    }

    private static long sidecarBytes(Path segments) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(segments)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sidecar")).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static void say(String text) {
        System.err.println("bench: " + text);
    }
}
