package io.meshtrail.app;

import io.meshtrail.host.Station;
import io.meshtrail.journal.SyncException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A station whose work may wait: when the world is in the way (a full disk), it says so and tries again later. A
/// broken invariant goes through.
final class RetryingStation implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingStation.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// A station that pauses must hear soon that it is to stop.
    private static final long NAP_MILLIS = 50;

    private final String name;
    private final Station station;
    private final LongSupplier elapsed;
    private long retryAt;
    private volatile Optional<String> trouble = Optional.empty();

    /// @param elapsed nanoseconds of a clock that never goes back
    RetryingStation(String name, Station station, LongSupplier elapsed) {
        this.name = name;
        this.station = station;
        this.elapsed = elapsed;
    }

    /// What is in the way, if anything.
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        if (trouble.isPresent() && elapsed.getAsLong() - retryAt < 0) {
            return false;
        }
        try {
            boolean more = station.advance();
            trouble = Optional.empty();
            return more;
        } catch (SyncException unsure) {
            throw unsure;
        } catch (IOException | io.meshtrail.engine.EngineException refused) {
            trouble = Optional.of(name + ": " + refused.getMessage());
            retryAt = elapsed.getAsLong() + PAUSE.toNanos();
            LOG.warn("{} does not get on and tries again in {} s: {}", name, PAUSE.toSeconds(), refused.getMessage());
            return false;
        }
    }

    @Override
    public void awaitWork() throws InterruptedException {
        if (trouble.isPresent()) {
            Thread.sleep(NAP_MILLIS);
        } else {
            station.awaitWork();
        }
    }
}
