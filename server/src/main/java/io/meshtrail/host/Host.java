package io.meshtrail.host;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The machine, as the stations see it.
public interface Host {
    /// Wall-clock nanoseconds since 1970 UTC. May step back.
    long now();

    /// Nanoseconds of a clock that never goes back, for durations alone.
    long elapsed();

    Disk disk();

    /// For keys and names.
    SecureRandom random();

    /// Runs a station on a thread of its own until it is stopped.
    ///
    /// @param onFailure told once if the station throws; the station does not run again
    StationThread run(String name, Station station, java.util.function.Consumer<Throwable> onFailure);

    /// Runs a short task soon, on another thread.
    void execute(Runnable task);

    /// Waits for what another station answers. A simulated host moves the others meanwhile.
    ///
    /// @throws ExecutionException if there is a failure instead of an answer
    default <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException {
        return answer.get();
    }

    /// Lets the other stations work for a short while.
    default void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
