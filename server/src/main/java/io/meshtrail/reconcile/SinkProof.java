package io.meshtrail.reconcile;

/// Whether a counter counts what goes to us alone, or to another sink of the proxy too. Both sides
/// growing alike is the proof: exactly from one quiet moment to the next, or over so much traffic that a
/// second sink of a tenth of it would show.
final class SinkProof {
    /// Traffic that proves, as a multiple of what was most uncertain in a reading.
    private static final int ENOUGH = 20;

    private boolean single;
    private boolean foreign;
    private boolean seenQuiet;
    private long quietArrived;
    private long quietDifference;

    /// From where on traffic counts as proof, and the most that was uncertain since.
    private long anchor;

    private long uncertain;

    /// Both sides are at 0.
    void beginsAtZero() {
        seenQuiet = true;
        quietArrived = 0;
        quietDifference = 0;
        anchor = 0;
    }

    /// Nothing is missing in a reading.
    ///
    /// @param underWay entries that arrived after it
    /// @param grown how much was counted since the one before
    void nothingMissing(long arrived, long underWay, long grown) {
        uncertain = Math.max(uncertain, underWay + grown);
        if (arrived - anchor >= ENOUGH * (uncertain + 1)) {
            single = true;
            foreign = false;
        }
    }

    /// A reading in a moment without traffic.
    ///
    /// @return whether both sides have grown alike since the last such moment
    boolean quiet(long counted, long arrived) {
        boolean alike = seenQuiet && arrived > quietArrived && counted - arrived == quietDifference;
        seenQuiet = true;
        quietArrived = arrived;
        quietDifference = counted - arrived;
        if (alike) {
            single = true;
            foreign = false;
        }
        return alike;
    }

    /// Entries are missing that cannot be lost.
    void contradicted(long arrived) {
        single = false;
        foreign = true;
        anchor = arrived;
        uncertain = 0;
    }

    boolean isSingle() {
        return single;
    }

    boolean isForeign() {
        return foreign;
    }
}
