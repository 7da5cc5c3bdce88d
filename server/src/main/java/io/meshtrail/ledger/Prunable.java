package io.meshtrail.ledger;

/// What pruning needs of a ledger. One thread.
public interface Prunable extends Mergeable {
    /// The number of entries under the last published checkpoint.
    long publishedSize();

    /// The manifest no longer names a segment: its entries are gone from here, and this is why.
    void pruned(Pruning pruning);
}
