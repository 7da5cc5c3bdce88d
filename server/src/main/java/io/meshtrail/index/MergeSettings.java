package io.meshtrail.index;

import java.time.Duration;

/// When small segments are merged.
///
/// @param events the most rows of a merged segment, that of `seal.events`
/// @param interval at most one merge in this time (`merge.interval`)
public record MergeSettings(long events, Duration interval) {
    /// A segment holds at most this part of its ledger's term, so that pruning whole segments keeps no entry much
    /// longer than it should.
    static final int PARTS_OF_TERM = 30;

    public MergeSettings {
        if (events < SealSettings.ALIGNMENT || interval.isNegative()) {
            throw new IllegalArgumentException("merge up to " + events + " rows, one in " + interval);
        }
    }
}
