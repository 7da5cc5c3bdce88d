package io.meshtrail.bench.load;

import io.meshtrail.bench.server.Api;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long after it was sent an event is found. While the mesh calls at a steady rate, one marked call after
/// the
/// other is sent in a message of its own, and searched for by its request id through `/api/events`, every few
/// milliseconds until it is there. The time of the search itself counts, and so does the wait for the next one.
public final class Freshness {
    private static final Duration FLUSH = Duration.ofMillis(100);
    private static final long TICK_NANOS = 1_000_000;
    private static final long PAUSE_MILLIS = 5;
    private static final long LONGEST_MICROS = 60_000_000;

    private final Proxies proxies;
    private final Api api;
    private final BlockingQueue<Boolean> wanted = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Mark> sent = new ArrayBlockingQueue<>(1);
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private volatile boolean over;
    private volatile Optional<Exception> failure = Optional.empty();

    public Freshness(Proxies proxies, Api api) {
        this.proxies = proxies;
        this.api = api;
    }

    /// Calls at a rate for a time.
    ///
    /// @param rate calls a second
    public Result measure(int rate, Duration time) throws InterruptedException, IOException {
        Thread searcher = Thread.ofPlatform().name("searcher").start(this::search);
        long start = System.nanoTime();
        long made = 0;
        long flushed = start;
        long now = start;
        while (now - start < time.toNanos()) {
            long due = (long) ((now - start) / 1e9 * rate);
            for (; made < due; made++) {
                proxies.call();
            }
            if (wanted.poll() != null) {
                Instant when = Instant.now();
                sent.put(new Mark(proxies.callAndFlush(), when, System.nanoTime()));
                made++;
            }
            if (now - flushed >= FLUSH.toNanos()) {
                proxies.flush();
                flushed = now;
            }
            TimeUnit.NANOSECONDS.sleep(TICK_NANOS);
            now = System.nanoTime();
        }
        over = true;
        searcher.interrupt();
        searcher.join();
        if (failure.isPresent()) {
            throw new IOException("the search for marked events failed", failure.get());
        }
        return new Result(
                made,
                made / ((now - start) / 1e9),
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    private void search() {
        try {
            while (!over) {
                wanted.put(true);
                Mark mark = sent.take();
                while (!api.finds(mark.requestId(), mark.when().minusSeconds(1))) {
                    Thread.sleep(PAUSE_MILLIS);
                }
                micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - mark.sentAt()) / 1_000));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failed) {
            failure = Optional.of(failed);
        }
    }

    private record Mark(String requestId, Instant when, long sentAt) {}

    /// @param events that were sent
    /// @param rate events a second that were reached
    /// @param marked events that were searched for
    /// @param p50 milliseconds
    /// @param p99 milliseconds
    /// @param most milliseconds
    public record Result(long events, double rate, long marked, double p50, double p99, double most) {}
}
