package io.meshtrail.ingest;

import com.linecorp.armeria.common.ContextAwareEventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Waits without holding a thread.
interface Delay {
    /// The shortest wait, so that a "come again at once" does not spin.
    Duration SHORTEST = Duration.ofMillis(10);

    /// Tries something later.
    ///
    /// @param wait how long from now
    /// @param attempt is told how long was waited
    <T> CompletableFuture<T> thenTry(Duration wait, Function<Duration, CompletableFuture<T>> attempt);

    static Delay on(ContextAwareEventLoop eventLoop) {
        return new Delay() {
            @Override
            public <T> CompletableFuture<T> thenTry(Duration wait, Function<Duration, CompletableFuture<T>> attempt) {
                Duration waited = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
                CompletableFuture<Duration> over = new CompletableFuture<>();
                Future<?> _ = eventLoop.schedule(() -> over.complete(waited), waited.toMillis(), TimeUnit.MILLISECONDS);
                return over.thenCompose(attempt);
            }
        };
    }
}
