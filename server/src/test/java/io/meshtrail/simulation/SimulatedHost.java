package io.meshtrail.simulation;

import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// A machine whose time passes when the world says so, and whose chance comes from the seed.
final class SimulatedHost implements Host {
    static final long START = 1_795_528_800_000_000_000L;

    private final SimulatedDisk disk;
    private final SecureRandom chance;
    private Moving others = () -> {};
    private long elapsed;
    private long skew;
    private Optional<IOException> failure = Optional.empty();

    /// Moves the stations that others wait for.
    interface Moving {
        void move() throws IOException, InterruptedException;
    }

    SimulatedHost(SimulatedDisk disk, Random random) {
        this.disk = disk;
        this.chance = new SeededRandom(random.nextLong());
    }

    void pass(Duration time) {
        elapsed += time.toNanos();
    }

    /// Sets the wall clock by so much, forwards or back.
    void setClock(Duration by) {
        skew += by.toNanos();
    }

    /// What moves while somebody waits.
    void others(Moving moving) {
        others = moving;
        failure = Optional.empty();
    }

    /// Why a station failed that moved while another waited; the server cannot go on then.
    Optional<IOException> failure() {
        Optional<IOException> seen = failure;
        failure = Optional.empty();
        return seen;
    }

    @Override
    public long now() {
        return START + elapsed + skew;
    }

    @Override
    public long elapsed() {
        return elapsed;
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    @Override
    public SecureRandom random() {
        return chance;
    }

    @Override
    public <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException {
        for (int moves = 0; !answer.isDone(); moves++) {
            if (moves > 1_000) {
                throw new AssertionError("a station waits for an answer that does not come");
            }
            move();
        }
        return answer.get();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        pass(time);
        try {
            move();
        } catch (ExecutionException stopped) {
            // what waits sees by itself that nothing moves any more
        }
    }

    private void move() throws InterruptedException, ExecutionException {
        try {
            others.move();
        } catch (IOException stopped) {
            failure = Optional.of(stopped);
            throw new ExecutionException(stopped);
        }
    }

    @Override
    public StationThread run(String name, Station station, Consumer<Throwable> onFailure) {
        throw new IllegalStateException("the world makes the steps itself");
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /// Chance that repeats itself, for keys.
    private static final class SeededRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private long counter;

        SeededRandom(long seed) {
            this.counter = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            try {
                for (int at = 0; at < bytes.length; ) {
                    byte[] block = MessageDigest.getInstance("SHA-256")
                            .digest(("chance " + counter++).getBytes(StandardCharsets.US_ASCII));
                    int length = Math.min(block.length, bytes.length - at);
                    System.arraycopy(block, 0, bytes, at, length);
                    at += length;
                }
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }
}
