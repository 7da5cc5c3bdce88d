package io.meshtrail.host.system;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Consumer;

/// The machine that this process runs on.
public final class SystemHost implements Host {
    private final SystemDisk disk = new SystemDisk();
    private final SecureRandom random = new SecureRandom();

    @Override
    public long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public long elapsed() {
        return System.nanoTime();
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    /// A platform thread for each station: stations wait in file and native calls, which would pin a virtual
    /// one.
    @Override
    public StationThread run(String name, Station station, Consumer<Throwable> onFailure) {
        return new RunningStation(name, station, onFailure);
    }

    @Override
    public void execute(Runnable task) {
        Thread.startVirtualThread(task);
    }
}
