package io.meshtrail.ledger;

import io.meshtrail.proof.Hash;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What merging needs of a ledger. One thread.
public interface Mergeable {
    String name();

    /// How long entries are kept, counted from `received`.
    Duration term();

    /// The nanoseconds since 1970 at which a sealed entry was received, from the entry itself, checked against the
    /// tree.
    long receivedOf(long leafIndex) throws IOException;

    /// The Merkle root of sealed entries from..to, both multiples of 256, as the tree has it.
    Hash rangeRoot(long from, long to);

    /// The manifest names one segment instead of some: entries are read from it from now on.
    void merged(List<Segment> parts, Segment whole);
}
