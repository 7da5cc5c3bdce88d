package io.meshtrail.witness;

import java.time.Duration;

/// How long somebody who does not answer as he should is left alone: one second, then twice as long each time.
final class Backoff {
    private static final long FIRST = Duration.ofSeconds(1).toNanos();

    /// Not longer, so that a witness that is back is noticed soon.
    private static final long LONGEST = Duration.ofSeconds(30).toNanos();

    private long pause;
    private long until;

    boolean isOver(long elapsed) {
        return pause == 0 || elapsed - until >= 0;
    }

    /// Several requests that fail in one pause lengthen it once.
    void failed(long elapsed) {
        if (isOver(elapsed)) {
            pause = pause == 0 ? FIRST : Math.min(LONGEST, 2 * pause);
            until = elapsed + pause;
        }
    }

    void succeeded() {
        pause = 0;
    }
}
