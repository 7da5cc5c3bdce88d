package io.meshtrail.host.system;

import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import java.util.function.Consumer;

/// A station's loop on a thread of its own.
final class RunningStation implements StationThread {
    private final Station station;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile boolean stopping;

    RunningStation(String name, Station station, Consumer<Throwable> onFailure) {
        this.station = station;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
    }

    private void loop() {
        try {
            while (!stopping) {
                if (!station.advance()) {
                    station.awaitWork();
                }
            }
        } catch (InterruptedException nobodyOfUs) {
            // A station that fell silent without a word would be worse than one that fails.
            if (!stopping) {
                onFailure.accept(nobodyOfUs);
            }
        } catch (Throwable failure) {
            onFailure.accept(failure);
        }
    }

    @Override
    public void stop() {
        stopping = true;
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
