package io.meshtrail.ingest;

import com.linecorp.armeria.common.HttpStatus;
import io.meshtrail.http.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that all bodies in work share. Who finds no room is pushed back before anything is stored. Any
/// thread.
final class BodyRoom {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    BodyRoom(long limit) {
        this.limit = limit;
    }

    /// Room for a body that says how long it is, or does not (then 0).
    ///
    /// @throws io.meshtrail.http.ProblemException (503) if there is none
    Share share(long bytes) {
        Share share = new Share();
        share.grow(bytes);
        return share;
    }

    long used() {
        return used.get();
    }

    /// What one request holds, until it is closed.
    final class Share implements AutoCloseable {
        private long held;

        synchronized void grow(long more) {
            long before = used.getAndAdd(more);
            if (before > 0 && before + more > limit) {
                used.addAndGet(-more);
                throw Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "Not now",
                                "bodies of " + before + " bytes are in work, at most " + limit + "; nothing was stored")
                        .retryAfter(Duration.ofSeconds(1))
                        .exception();
            }
            held += more;
        }

        /// Holds at least so many bytes.
        synchronized void atLeast(long bytes) {
            if (bytes > held) {
                grow(bytes - held);
            }
        }

        @Override
        public synchronized void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
