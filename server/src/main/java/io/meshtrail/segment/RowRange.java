package io.meshtrail.segment;

/// Entries of a ledger that follow each other.
///
/// @param from the first leafIndex
/// @param to one more than the last
public record RowRange(long from, long to) {
    public RowRange {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("rows from " + from + " to " + to);
        }
    }
}
