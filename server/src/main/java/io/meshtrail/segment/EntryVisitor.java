package io.meshtrail.segment;

/// Sees entries one after the other.
public interface EntryVisitor {
    /// @param bytes an array that holds the entry from `offset` on, `length` bytes long; shared, not to be
    ///     changed
    void entry(long leafIndex, byte[] bytes, int offset, int length);
}
