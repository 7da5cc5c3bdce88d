package io.meshtrail.app;

import io.meshtrail.host.Station;
import io.meshtrail.segment.SealMismatchException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A station whose work may wait: when the world is in the way (a full disk), it says so and tries again
/// later. A broken
/// invariant goes through.
final class RetryingStation implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingStation.class);
    private static final long PAUSE_MILLIS = 5_000;

    private final String name;
    private final Station station;
    private volatile Optional<String> trouble = Optional.empty();

    RetryingStation(String name, Station station) {
        this.name = name;
        this.station = station;
    }

    /// What is in the way, if anything.
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        try {
            boolean more = station.advance();
            trouble = Optional.empty();
            return more;
        } catch (SealMismatchException broken) {
            throw broken;
        } catch (IOException | io.meshtrail.engine.EngineException refused) {
            trouble = Optional.of(name + ": " + refused.getMessage());
            LOG.warn("{} does not get on and tries again in {} ms: {}", name, PAUSE_MILLIS, refused.getMessage());
            return false;
        }
    }

    @Override
    public void awaitWork() throws InterruptedException {
        if (trouble.isPresent()) {
            Thread.sleep(PAUSE_MILLIS);
        } else {
            station.awaitWork();
        }
    }
}
