package io.meshtrail.retention;

import io.meshtrail.host.Station;
import io.meshtrail.index.MergeStation;
import io.meshtrail.index.Retired;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps the segments in order: prunes, merges, and deletes what nobody needs any more. One station, so that no
/// segment is pruned while it is merged.
public final class RetentionStation implements Station {
    /// How long after a sweep that had to leave something the next one comes.
    private static final Duration SWEEP_AGAIN = Duration.ofMinutes(10);

    private final PruneStation prunes;
    private final MergeStation merges;
    private final Retired retired;
    private final BlobSweep blobs;
    private final LongSupplier elapsed;

    private boolean blobsDue;
    private long sweepAt;

    /// @param blobsDue whether a crash may have come between a pruning and its blobs
    RetentionStation(
            PruneStation prunes,
            MergeStation merges,
            Retired retired,
            BlobSweep blobs,
            boolean blobsDue,
            LongSupplier elapsed) {
        this.prunes = prunes;
        this.merges = merges;
        this.retired = retired;
        this.blobs = blobs;
        this.blobsDue = blobsDue;
        this.elapsed = elapsed;
        this.sweepAt = elapsed.getAsLong();
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        retired.sweep();
        int pruned = prunes.advance();
        if (pruned > 0) {
            blobsDue = true;
            sweepAt = elapsed.getAsLong();
            return true;
        }
        if (blobsDue && elapsed.getAsLong() - sweepAt >= 0) {
            blobsDue = !blobs.sweep();
            sweepAt = elapsed.getAsLong() + SWEEP_AGAIN.toNanos();
        }
        return merges.advance(prunes::isFree);
    }

    /// Whether something is on record to go and waits for its checkpoint.
    public boolean hasAnnounced() {
        return prunes.hasAnnounced();
    }

    @Override
    public void awaitWork() throws InterruptedException {
        Thread.sleep(200);
    }
}
