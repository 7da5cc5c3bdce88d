package io.meshtrail.bench.server;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Waits for a server to find and seal what it took, and keeps when it sealed last and what that had cost.
public final class Sealing {
    private static final Duration POLL = Duration.ofMillis(200);

    /// Runs below these are not sealed: the last tile for its alignment, the rest for its age alone.
    private static final long TILE = 256;

    private static final long LEAST_BY_AGE = 4_096;
    private static final int LEDGERS = 2;

    private final MeshtrailProcess server;
    private final Api api;
    private final ProcessUse use;
    private final int sealSeconds;
    private final Consumer<String> progress;
    private long lastSeal;
    private long cpuMicros;

    /// @param sealSeconds after which the server seals a smaller run
    public Sealing(MeshtrailProcess server, Api api, int sealSeconds, Consumer<String> progress) {
        this.server = server;
        this.api = api;
        this.use = new ProcessUse(server.pid());
        this.sealSeconds = sealSeconds;
        this.progress = progress;
    }

    /// Returns when so many events can be found.
    public Standing awaitSearchable(long events) throws IOException, InterruptedException {
        return await(now -> now.searchable() >= events);
    }

    /// Returns when nothing more will be sealed.
    public Standing awaitSealed() throws IOException, InterruptedException {
        Standing standing = standing();
        lastSeal = System.nanoTime();
        cpuMicros = use.cpuMicros();
        long known = standing.sealed();
        while (!isDone(standing, System.nanoTime() - lastSeal)) {
            Thread.sleep(POLL);
            standing = standing();
            if (standing.sealed() != known) {
                known = standing.sealed();
                lastSeal = System.nanoTime();
                cpuMicros = use.cpuMicros();
                progress.accept(known + " in segments");
            }
        }
        return standing;
    }

    /// When the last seal was seen, as [System#nanoTime].
    public long lastSeal() {
        return lastSeal;
    }

    /// The processor time of the server until then, in microseconds.
    public long cpuMicros() {
        return cpuMicros;
    }

    /// Whether only remainders are left, and nothing happened for longer than the age.
    private boolean isDone(Standing standing, long sinceLastSeal) {
        if (standing.unsealed() < TILE) {
            return true;
        }
        boolean quiet = sinceLastSeal > Duration.ofSeconds(sealSeconds + 5L).toNanos();
        return quiet && standing.unsealed() < LEDGERS * LEAST_BY_AGE;
    }

    private Standing await(Predicate<Standing> reached) throws IOException, InterruptedException {
        Standing standing = standing();
        while (!reached.test(standing)) {
            Thread.sleep(POLL);
            standing = standing();
        }
        return standing;
    }

    private Standing standing() throws IOException, InterruptedException {
        if (!server.isAlive()) {
            throw new IOException("the server has stopped");
        }
        return api.standing();
    }
}
