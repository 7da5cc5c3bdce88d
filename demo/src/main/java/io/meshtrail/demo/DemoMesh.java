package io.meshtrail.demo;

import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Tally;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.envoy.Bootstrap;
import io.meshtrail.demo.envoy.Proxies;
import io.meshtrail.demo.identity.DemoCa;
import io.meshtrail.demo.identity.TokenIssuer;
import io.meshtrail.demo.policy.AuditSink;
import io.meshtrail.demo.policy.AuditWebhook;
import io.meshtrail.demo.policy.PolicyBook;
import io.meshtrail.demo.policy.PolicyTimeline;
import io.meshtrail.demo.traffic.Calls;
import io.meshtrail.demo.traffic.Driver;
import io.meshtrail.demo.traffic.LedgerDatabase;
import io.meshtrail.demo.traffic.Services;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A real mesh on loopback addresses, under way: five Envoys, the services behind them, the clients in front
/// of them,
/// and
/// policies that change.
///
/// ```java
/// try (DemoMesh mesh = DemoMesh.start(DemoOptions.of(envoy, work,
/// ingest).withPolicyInterval(Duration.ofSeconds(5))))
/// {
///     Thread.sleep(Duration.ofSeconds(20));
///     Tally tally = mesh.stop();
/// }
/// ```
public final class DemoMesh implements AutoCloseable {
    private static final Duration FLUSH = Duration.ofMillis(300);
    private static final Duration COUNTING = Duration.ofSeconds(5);
    private static final String FLUSHED = "access_logs.grpc_access_log.grpc_entries_flushed";

    private final String envoyVersion;
    private final Subnet subnet;
    private final Tally tally;
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Proxies proxies;
    private final Driver driver;
    private final Instant started = Instant.now();
    private Optional<Thread> policies = Optional.empty();
    private Optional<Thread> counting = Optional.empty();
    private boolean stopped;

    private DemoMesh(String envoyVersion, Subnet subnet, Proxies proxies) {
        this.envoyVersion = envoyVersion;
        this.subnet = subnet;
        this.proxies = proxies;
        this.tally = new Tally(started);
        this.driver = new Driver(tally);
    }

    /// Starts everything and returns when all proxies listen and calls are being made. Policy changes are
    /// told to
    /// Meshtrail.
    ///
    /// @throws IOException when Envoy does not run, an address is taken, or another demo uses the work folder;
    /// nothing is left running then
    public static DemoMesh start(DemoOptions options) throws IOException, InterruptedException {
        return start(
                options,
                new AuditWebhook(options.ingest().getHostString() + ":"
                        + options.ingest().getPort()));
    }

    /// The same, with policy changes told elsewhere.
    ///
    /// @throws IOException as above
    public static DemoMesh start(DemoOptions options, AuditSink audit) throws IOException, InterruptedException {
        String version = Proxies.version(options.envoy());
        Proxies proxies = Proxies.in(options.work());
        try {
            DemoMesh mesh = new DemoMesh(version, freeSubnet(options), proxies);
            try {
                mesh.run(options, audit);
                return mesh;
            } catch (IOException | InterruptedException | RuntimeException e) {
                mesh.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            proxies.close();
            throw e;
        }
    }

    private static Subnet freeSubnet(DemoOptions options) throws IOException {
        if (options.subnet().isEmpty()) {
            return Subnet.firstFree();
        }
        Subnet chosen = options.subnet().get();
        Optional<String> taken = chosen.taken();
        if (taken.isPresent()) {
            throw new IOException("the demo mesh needs " + taken.get()
                    + ": somebody else listens there; stop it, or choose other addresses by --subnet 127.0.N");
        }
        return chosen;
    }

    private void run(DemoOptions options, AuditSink audit) throws IOException, InterruptedException {
        DemoCa ca = DemoCa.open(options.work().resolve("certificates"), started);
        TokenIssuer tokens = TokenIssuer.open(options.work().resolve("certificates"));
        PolicyBook book = new PolicyBook(options.work().resolve("policies"));
        open.push(Services.start(subnet));
        open.push(LedgerDatabase.start(subnet));
        proxies.start(options.envoy(), options.work(), new Bootstrap(subnet, ca, tokens, book, options.ingest()));
        PolicyTimeline timeline = new PolicyTimeline(book, audit, tally, options.policyInterval());
        driver.start(new Calls(subnet, ca, tokens, timeline), options.cases(), options.rate());
        policies = Optional.of(Thread.ofVirtual().name("policies").start(timeline));
        counting = Optional.of(Thread.ofVirtual().name("counting").start(this::count));
    }

    /// Keeps the counters fresh, so that they are not lost with a proxy that ends.
    private void count() {
        try {
            while (true) {
                Thread.sleep(COUNTING);
                proxies.count(tally);
                List<Workload> dead = proxies.dead();
                if (!dead.isEmpty()) {
                    System.err.println("Envoy has ended by itself: " + dead);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Such as `1.40.0`, with the build's revision.
    public String envoyVersion() {
        return envoyVersion;
    }

    /// The loopback addresses in use.
    public Subnet subnet() {
        return subnet;
    }

    /// Where the gateway listens.
    public String gateway() {
        return "https://" + Workload.EDGE.address(subnet) + ":" + Workload.GATEWAY;
    }

    /// What was done so far; grows until [#stop()].
    public Tally tally() {
        return tally;
    }

    /// The ids of the child processes.
    public List<Long> pids() {
        return proxies.pids();
    }

    /// Stops the calls, waits until the proxies have sent what they logged, takes their counters, and ends
    /// everything.
    /// A second
    /// call does nothing.
    public Tally stop() throws InterruptedException {
        if (stopped) {
            return tally;
        }
        stopped = true;
        policies.ifPresent(Thread::interrupt);
        driver.stop();
        tally.driven(Duration.between(started, Instant.now()));
        counting.ifPresent(Thread::interrupt);
        for (Optional<Thread> thread : List.of(policies, counting)) {
            if (thread.isPresent()) {
                thread.get().join();
            }
        }
        settle();
        end();
        return tally;
    }

    /// Until the count of sent entries stands still for two looks.
    private void settle() throws InterruptedException {
        long before = -1;
        for (int look = 0; look < 20; look++) {
            Thread.sleep(FLUSH);
            proxies.count(tally);
            long now = tally.proxySum(FLUSHED);
            if (now == before) {
                return;
            }
            before = now;
        }
    }

    private void end() {
        proxies.close();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                System.err.println("while the mesh was ending: " + e);
            }
        }
    }

    /// [#stop()], for try-with-resources.
    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
        }
    }
}
