package io.meshtrail.ledger.fsck;

/// Hears how far a check is.
public interface Progress {
    /// @param entries checked so far, over all ledgers
    /// @param of how many there are
    void checked(long entries, long of);
}
