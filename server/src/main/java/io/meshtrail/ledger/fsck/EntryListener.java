package io.meshtrail.ledger.fsck;

/// Sees every entry of a ledger while it is checked: those of one segment in order, segments side by side if
/// there are several workers.
interface EntryListener {
    void entry(String ledger, long leafIndex, byte[] bytes, int offset, int length);
}
