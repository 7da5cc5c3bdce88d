package io.meshtrail.ledger.fsck;

import java.time.Duration;

/// How a data folder is read again in the background.
///
/// @param interval from the beginning of a pass to the beginning of the next
/// @param share the most of one core that it uses, in percent, 1 to 100
public record ScrubSettings(Duration interval, int share) {
    public ScrubSettings {
        if (interval.isNegative() || interval.isZero() || share < 1 || share > 100) {
            throw new IllegalArgumentException("scrub every " + interval + " with " + share + " % of a core");
        }
    }
}
