package io.meshtrail.ingest;

import io.meshtrail.event.Address;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;

/// Waits until entries are under a signed or witnessed checkpoint, or patience ends: the receipt is valid either way.
final class Publication {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Checkpoints checkpoints;
    private final Duration patience;

    Publication(Checkpoints checkpoints, Duration patience) {
        this.checkpoints = checkpoints;
        this.patience = patience;
    }

    /// The stage that all entries have reached in the end.
    CompletableFuture<String> of(List<Address> addresses, Wait awaited, Delay delay) {
        ToLongFunction<String> size = awaited == Wait.WITNESSED ? checkpoints::witnessed : checkpoints::published;
        return look(addresses, size, delay, patience).thenApply(_ -> stage(addresses));
    }

    private CompletableFuture<Boolean> look(
            List<Address> addresses, ToLongFunction<String> size, Delay delay, Duration left) {
        boolean reached = covered(addresses, size);
        if (reached || left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(reached);
        }
        return delay.thenTry(LOOK_AGAIN, waited -> look(addresses, size, delay, left.minus(waited)));
    }

    private String stage(List<Address> addresses) {
        if (checkpoints.hasWitnesses() && covered(addresses, checkpoints::witnessed)) {
            return "witnessed";
        }
        return covered(addresses, checkpoints::published) ? "published" : "sequenced";
    }

    private static boolean covered(List<Address> addresses, ToLongFunction<String> size) {
        return addresses.stream().allMatch(address -> size.applyAsLong(address.ledger()) > address.leafIndex());
    }
}
