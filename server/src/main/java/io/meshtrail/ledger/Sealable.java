package io.meshtrail.ledger;

import io.meshtrail.proof.Hash;
import io.meshtrail.segment.Segment;
import java.io.IOException;

/// What sealing needs of a ledger. One thread.
public interface Sealable {
    String name();

    /// The first leafIndex that is in no segment; a multiple of 256.
    long sealedSize();

    /// Entries under the last published checkpoint: nothing beyond is sealed.
    long publishedSize();

    /// The nanoseconds at which an unsealed entry was received.
    long receivedAt(long leafIndex) throws IOException;

    /// The Merkle root of unsealed entries from..to, both multiples of 256, as the tree has it.
    Hash rangeRoot(long from, long to);

    /// Records a segment whose file is durable: its tiles, then its entry in `root`. Returns when both are
    /// durable.
    /// Only
    /// then may the manifest name it.
    void recordSeal(Segment segment) throws IOException, InterruptedException;

    /// The manifest names the segment: its entries are read from it from now on, and the journal may go.
    void sealed(Segment segment) throws IOException;
}
