package io.meshtrail.anchor;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// A machine whose clocks and tasks a test moves by hand: what is to run waits until it is let run.
final class HandHost implements Host {
    private static final long START = 1_795_528_800_000_000_000L;

    private final SystemHost machine = new SystemHost();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long elapsed;

    void pass(Duration time) {
        elapsed += time.toNanos();
    }

    /// Runs what waits, oldest first.
    void runTasks() {
        while (!waiting.isEmpty()) {
            waiting.pop().run();
        }
    }

    int tasks() {
        return waiting.size();
    }

    @Override
    public long now() {
        return START + elapsed;
    }

    @Override
    public long elapsed() {
        return elapsed;
    }

    @Override
    public Disk disk() {
        return machine.disk();
    }

    @Override
    public SecureRandom random() {
        return machine.random();
    }

    @Override
    public StationThread run(String name, Station station, Consumer<Throwable> onFailure) {
        throw new IllegalStateException("the test makes the steps itself");
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }
}
