package io.meshtrail.bench.server;

/// How far the entries of all ledgers that take events have come.
///
/// @param size durable and in the tree
/// @param searchable found by a search
/// @param sealed in segments that proved themselves
/// @param journalBytes of the journals
public record Standing(long size, long searchable, long sealed, long journalBytes) {
    static final Standing NOTHING = new Standing(0, 0, 0, 0);

    Standing and(Standing other) {
        return new Standing(
                size + other.size,
                searchable + other.searchable,
                sealed + other.sealed,
                journalBytes + other.journalBytes);
    }

    /// Entries that are in the journal alone.
    public long unsealed() {
        return size - sealed;
    }
}
