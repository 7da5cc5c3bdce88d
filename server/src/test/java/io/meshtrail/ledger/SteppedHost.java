package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import java.security.SecureRandom;
import java.util.function.Consumer;

/// A machine whose clocks a test moves, over a disk of its choice.
final class SteppedHost implements Host {
    private final SystemHost machine = new SystemHost();
    private final Disk disk;
    volatile long now = 1_795_528_800_000_000_000L;
    volatile long elapsed;

    SteppedHost(Disk disk) {
        this.disk = disk;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long elapsed() {
        return elapsed;
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
