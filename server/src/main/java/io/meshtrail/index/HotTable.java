package io.meshtrail.index;

/// One table of hot rows of one ledger. All its state belongs to the lock of [HotIndex].
final class HotTable {
    private final String name;
    private final long from;
    private long to;
    private int pins;
    private boolean retired;

    HotTable(String name, long from) {
        this.name = name;
        this.from = from;
        this.to = from;
    }

    String name() {
        return name;
    }

    long from() {
        return from;
    }

    /// One more than the last leafIndex that is inserted.
    long to() {
        return to;
    }

    void grownTo(long end) {
        to = end;
    }

    void pin() {
        pins++;
    }

    /// @return whether the table is to be dropped now
    boolean unpin() {
        pins--;
        return retired && pins == 0;
    }

    /// No new snapshot names the table from now on.
    ///
    /// @return whether the table is to be dropped now
    boolean retire() {
        retired = true;
        return pins == 0;
    }

    /// SQL for the rows from..to of this table.
    String select(long first, long end) {
        return "SELECT * FROM " + name + " WHERE \"leafIndex\" >= " + first + " AND \"leafIndex\" < " + end;
    }
}
