package io.meshtrail.ingest;

import io.meshtrail.event.Placement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Waits until entries are under a signed checkpoint, or patience ends: the receipt is valid either way.
final class Publication {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final PublishedSizes sizes;
    private final Duration patience;

    Publication(PublishedSizes sizes, Duration patience) {
        this.sizes = sizes;
        this.patience = patience;
    }

    CompletableFuture<Boolean> of(List<Placement> placements, Delay delay) {
        return look(placements, delay, patience);
    }

    private CompletableFuture<Boolean> look(List<Placement> placements, Delay delay, Duration left) {
        boolean published = placements.stream()
                .map(Placement::address)
                .allMatch(address -> sizes.of(address.ledger()) > address.leafIndex());
        if (published || left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(published);
        }
        return delay.thenTry(LOOK_AGAIN, waited -> look(placements, delay, left.minus(waited)));
    }
}
