package io.meshtrail.bench.load;

import java.time.Instant;

/// The time of day, cheaply.
final class WallClock {
    private WallClock() {}

    /// Nanoseconds since 1970.
    static long nanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
