package io.meshtrail.reconcile;

import java.util.function.LongSupplier;

/// What arrived of one proxy, for one kind of counter, in its present life.
interface Arrivals {
    /// Entries of the present life.
    long present();

    /// Begins a new life.
    ///
    /// @param lastReading when the last reading of the life before came
    /// @param arrivedThen what [#present] said then
    /// @return what arrived in the life before, as far as it can have been sent in it; read it again
    ///     until all that was under way has come
    LongSupplier restart(long lastReading, long arrivedThen);

    /// Whether a connection that carried these entries has ended, at or after a moment.
    boolean brokenSince(long time);

    /// Until when entries may be held back in the proxy, since it has no connection or a fresh one.
    ///
    /// @param patience how long they are under way at most on a connection that stands
    long heldUntil(long patience);

    /// Whether it is known at all when connections end.
    boolean knowsConnections();
}
