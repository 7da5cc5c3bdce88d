package io.meshtrail.retention;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import java.security.SecureRandom;
import java.util.function.Consumer;

/// This machine over another disk.
record HostOf(SystemHost machine, Disk disk) implements Host {
    HostOf(Disk disk) {
        this(new SystemHost(), disk);
    }

    @Override
    public long now() {
        return machine.now();
    }

    @Override
    public long elapsed() {
        return machine.elapsed();
    }

    @Override
    public SecureRandom random() {
        return machine.random();
    }

    @Override
    public StationThread run(String name, Station station, Consumer<Throwable> onFailure) {
        return machine.run(name, station, onFailure);
    }

    @Override
    public void execute(Runnable task) {
        machine.execute(task);
    }
}
