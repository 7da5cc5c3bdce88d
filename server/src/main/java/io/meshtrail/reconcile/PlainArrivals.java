package io.meshtrail.reconcile;

import java.util.function.LongSupplier;

/// Entries whose connections are not known: single calls, lines of a log, events of a kind.
final class PlainArrivals implements Arrivals {
    private long all;
    private long from;

    void arrived(long count) {
        all += count;
    }

    boolean isHeard() {
        return all > 0;
    }

    @Override
    public long present() {
        return all - from;
    }

    /// What came between the two readings may be of either life, and counts in both: so that none seems to
    /// have lost what the other sent.
    @Override
    public LongSupplier restart(long lastReading, long arrivedThen) {
        long old = all - from;
        from += arrivedThen;
        return () -> old;
    }

    @Override
    public boolean brokenSince(long time) {
        return false;
    }

    @Override
    public long heldUntil(long patience) {
        return Long.MIN_VALUE;
    }

    @Override
    public boolean knowsConnections() {
        return false;
    }
}
