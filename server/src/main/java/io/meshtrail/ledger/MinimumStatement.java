package io.meshtrail.ledger;

import io.meshtrail.event.Timestamp;
import io.meshtrail.proof.MinimumIndex;
import java.time.Duration;
import java.util.Optional;

/// The last signed statement of a ledger's minimum index. A new one is signed when minimum or published size have
/// changed, and once a minute when asked for, so that whoever asks cannot make the server sign all day.
final class MinimumStatement {
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private Optional<Signed> last = Optional.empty();

    private record Signed(long minimum, long treeSize, long at, byte[] note) {}

    /// Empty before the first checkpoint.
    synchronized Optional<byte[]> of(Ledger ledger, long now) {
        Optional<Published> published = ledger.published();
        if (published.isEmpty()) {
            return Optional.empty();
        }
        long minimum = ledger.minIndex();
        long treeSize = published.get().treeSize();
        boolean fresh = last.filter(signed -> signed.minimum() == minimum
                        && signed.treeSize() == treeSize
                        && Math.abs(now - signed.at()) < FRESH_NANOS)
                .isPresent();
        if (!fresh) {
            MinimumIndex index = new MinimumIndex(ledger.origin(), minimum, treeSize, Timestamp.print(now));
            last = Optional.of(
                    new Signed(minimum, treeSize, now, index.sign(ledger.key()).bytes()));
        }
        return last.map(Signed::note);
    }
}
