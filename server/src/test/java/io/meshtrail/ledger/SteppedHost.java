package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A machine whose clocks a test moves, over a disk of its choice.
final class SteppedHost implements Host {
    private static final long START = 1_795_528_800_000_000_000L;

    private final SystemHost machine = new SystemHost();
    private final Disk disk;
    private final AtomicLong elapsed = new AtomicLong();

    SteppedHost(Disk disk) {
        this.disk = disk;
    }

    /// Lets time pass.
    void pass(long nanos) {
        elapsed.addAndGet(nanos);
    }

    @Override
    public long now() {
        return START + elapsed.get();
    }

    @Override
    public long elapsed() {
        return elapsed.get();
    }

    @Override
    public Disk disk() {
        return disk;
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
        task.run();
    }
}
