package io.meshtrail.bench.ledger;

import io.meshtrail.bench.Report;
import io.meshtrail.bench.Scratch;
import io.meshtrail.bench.load.Proxies;
import io.meshtrail.bench.server.Api;
import io.meshtrail.bench.server.MeshtrailProcess;
import io.meshtrail.bench.server.ProcessUse;
import io.meshtrail.bench.server.Sealing;
import io.meshtrail.bench.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the ledger costs, first its stations alone, then a whole server's.
public final class LedgerBench {
    private static final int STREAMS = 128;
    private static final int SEAL_SECONDS = 20;
    private static final int SINGLES = 2_000;
    private static final int IN_FLIGHT = 256;
    private static final int BATCH = 1_000;
    private static final int BATCHES_IN_FLIGHT = 8;

    private final LedgerOptions options;
    private final Report report = new Report();

    public LedgerBench(LedgerOptions options) {
        this.options = options;
    }

    /// Measures, and tells all as one line of JSON.
    public String run() throws IOException, InterruptedException {
        report.add("bench", "ledger");
        report.add("seed", options.seed());
        report.machine();
        try (Scratch scratch = Scratch.of(options.root(), Optional.empty());
                OpenLedger ledger = new OpenLedger(scratch.folder())) {
            append(ledger);
        }
        if (options.entries() > 0) {
            try (Scratch scratch = Scratch.of(options.root(), options.data())) {
                serve(scratch.folder());
            }
        }
        return report.json();
    }

    private void append(OpenLedger ledger) throws IOException, InterruptedException {
        report.add("entryBytes", OpenLedger.ENTRY_BYTES);
        Appends appends = new Appends(ledger, report);
        // Twice, since the first run is the compiler's.
        for (String round : new String[] {"warmUp.", ""}) {
            appends.run(round + "inFlight256", IN_FLIGHT, 1, options.appends());
            appends.run(round + "batches1000", BATCHES_IN_FLIGHT, BATCH, 2 * options.appends());
        }
        appends.run("inFlight1", 1, 1, SINGLES);
        say("appended");
        new Publishing(ledger, report).run(options.seconds());
        say("published");
    }

    private void serve(Path folder) throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("MESHTRAIL_SEAL_AGE", SEAL_SECONDS + "s", "MESHTRAIL_JAVA_OPTS", options.javaOptions());
        Path script = options.root().resolve("bin").resolve("meshtrail");
        Traffic traffic = new Traffic(options.seed(), STREAMS, options.padding());
        try (MeshtrailProcess server = MeshtrailProcess.start(script, folder, settings);
                Api api = new Api(server.web());
                Proxies proxies = new Proxies(server.ingest(), traffic);
                Served served = new Served(server.web(), "traffic")) {
            Sealing sealing = new Sealing(server, api, SEAL_SECONDS, LedgerBench::say);
            for (long i = 0; i < options.entries(); i++) {
                proxies.call();
            }
            proxies.finish();
            sealing.awaitSearchable(options.entries());
            sealing.awaitSealed();
            ProcessUse use = new ProcessUse(server.pid());
            long below = served.publishedSize() / 2;
            new Proofs(served, report).run(options.proofs(), below, options.seed());
            say("proven");
            new Walk(served, use, report).run();
            say("walked");
        }
        new Verification(options.root(), report).run(folder, options.entries());
    }

    private static void say(String text) {
        System.err.println("bench: " + text);
    }
}
