package io.meshtrail.demo;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Tally;
import io.meshtrail.demo.policy.AuditWebhook;
import io.meshtrail.demo.recording.AlsTap;
import io.meshtrail.demo.recording.Player;
import io.meshtrail.demo.recording.Recording;
import io.meshtrail.demo.recording.RecordingWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The command `bin/demo`: Meshtrail, and the mesh or its recording beside it, until a time is over or
/// somebody says
/// stop.
public final class Demo {
    private static final InetSocketAddress DEFAULT_INGEST = InetSocketAddress.createUnresolved("127.0.0.1", 4317);
    private static final Duration TALLY_INTERVAL = Duration.ofSeconds(2);
    private static final int USAGE = 2;

    private final CommandLine options;
    private final CountDownLatch stop;

    private Demo(CommandLine options, CountDownLatch stop) {
        this.options = options;
        this.stop = stop;
    }

    public static void main(String[] arguments) {
        CommandLine options;
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(CommandLine.USAGE);
            return;
        }
        try {
            options = CommandLine.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("demo: " + e.getMessage());
            System.err.println(CommandLine.USAGE);
            System.exit(USAGE);
            return;
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger status = new AtomicInteger();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                if (!ended.await(60, TimeUnit.SECONDS)) {
                    System.err.println("demo: not everything ended in 60 s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // An orderly end by a signal is an orderly end.
            Runtime.getRuntime().halt(status.get());
        }));
        try {
            new Demo(options, stop).run();
        } catch (IOException e) {
            System.err.println("demo: " + e.getMessage());
            status.set(1);
        } catch (InterruptedException e) {
            status.set(1);
        } finally {
            ended.countDown();
        }
        System.exit(status.get());
    }

    private void run() throws IOException, InterruptedException {
        if (options.record().isPresent()) {
            record(options.record().get());
            return;
        }
        if (options.meshtrail().isPresent() && options.ingest().isEmpty()) {
            Path script = options.meshtrail().get();
            try (DemoWitness witness = DemoWitness.start(script, options.data());
                    Meshtrail meshtrail = Meshtrail.start(script, options.data(), options.serve(), witness.policy())) {
                witness.join(options.data());
                say("Meshtrail is ready: " + meshtrail.web());
                act(meshtrail.ingest(), meshtrail.web());
            }
            return;
        }
        act(options.ingest().orElse(DEFAULT_INGEST), "http://127.0.0.1:7070");
    }

    private void act(InetSocketAddress ingest, String web) throws IOException, InterruptedException {
        if (options.recorded()) {
            play(ingest, web);
        } else {
            live(ingest, web);
        }
    }

    private void live(InetSocketAddress ingest, String web) throws IOException, InterruptedException {
        try (DemoMesh mesh = DemoMesh.start(mesh(ingest))) {
            say("Envoy " + mesh.envoyVersion());
            say("The mesh is up: gateway " + mesh.gateway() + ", five proxies on "
                    + mesh.subnet().prefix()
                    + ".10 to .14, about " + Math.round(options.rate()) + " calls a second; a policy changes every "
                    + options.policyInterval().toSeconds() + " s.");
            invite(web);
            await(mesh.tally());
            say("Stopping");
            finish(mesh.stop());
        }
    }

    private DemoOptions mesh(InetSocketAddress ingest) throws IOException {
        Path envoy = options.envoy()
                .orElseThrow(
                        () -> new IOException("no Envoy: give one by --envoy PATH, or play the recording: --recorded"));
        return new DemoOptions(
                envoy,
                options.work().toAbsolutePath(),
                ingest,
                options.rate(),
                options.policyInterval(),
                options.cases(),
                options.subnet());
    }

    private void play(InetSocketAddress ingest, String web) throws IOException, InterruptedException {
        Recording recording = options.recording().isPresent()
                ? Recording.read(options.recording().get())
                : Recording.bundled();
        Tally tally = new Tally(Instant.now());
        AuditWebhook audit = new AuditWebhook(ingest.getHostString() + ":" + ingest.getPort());
        try (Player player = new Player(recording, ingest, audit, tally)) {
            say("Playing a recording of " + recording.start() + " with its times moved to now");
            invite(web);
            Thread playing = Thread.ofPlatform().name("player").start(() -> {
                try {
                    player.play(Integer.MAX_VALUE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await(tally);
            player.stop();
            playing.interrupt();
            playing.join();
            finish(tally);
        }
    }

    private void record(Path file) throws IOException, InterruptedException {
        Instant start = Instant.now();
        try (RecordingWriter writer = new RecordingWriter(file, start);
                AlsTap tap = AlsTap.start(writer);
                DemoMesh mesh = DemoMesh.start(mesh(tap.address()), writer)) {
            say("Envoy " + mesh.envoyVersion() + "; recording to " + file);
            await(mesh.tally());
            Tally tally = mesh.stop();
            tap.stop();
            writer.finish(tally);
            finish(tally);
        }
    }

    /// Until the time is over or somebody says stop; keeps the tally file fresh meanwhile.
    private void await(Tally tally) throws IOException, InterruptedException {
        long end = System.nanoTime()
                + options.duration().orElse(Duration.ofDays(36_500)).toNanos();
        while (true) {
            long left = Math.min(TALLY_INTERVAL.toNanos(), end - System.nanoTime());
            if (left <= 0 || stop.await(left, TimeUnit.NANOSECONDS)) {
                return;
            }
            if (options.tally().isPresent()) {
                tally.write(options.tally().get());
            }
        }
    }

    private void finish(Tally tally) throws IOException {
        if (options.tally().isPresent()) {
            tally.write(options.tally().get());
        }
        say(tally.total() + " calls:");
        for (Case each : Case.values()) {
            long unexpected = tally.unexpectedCount(each);
            say(String.format(
                    java.util.Locale.ROOT,
                    "  %-36s %8d%s",
                    each.label(),
                    tally.count(each),
                    unexpected == 0 ? "" : "  and " + unexpected + " that came out otherwise"));
        }
        tally.surprises().stream().limit(5).forEach(surprise -> say("  otherwise: " + surprise));
        say(tally.changes().size() + " policy changes; entries sent by the proxies: "
                + tally.proxySum("access_logs.grpc_access_log.grpc_entries_flushed") + ", dropped: "
                + tally.proxySum("access_logs.grpc_access_log.logs_dropped"));
    }

    private static void invite(String web) {
        say("");
        say("  See it:   " + web);
        say("  Try:      outcome:denied");
        say("            kind:handshake");
        say("            kind:policy_change user.id:*@corp.example");
        say("  Stop:     Ctrl-C");
        say("");
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
