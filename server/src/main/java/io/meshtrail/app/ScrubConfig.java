package io.meshtrail.app;

import io.meshtrail.ledger.fsck.ScrubSettings;
import java.time.Duration;

/// `scrub.interval` (default 7 days) and `scrub.share` (percent of one core, default 5).
record ScrubConfig(ScrubSettings settings) {
    static ScrubConfig of(ConfigValues values) {
        Duration interval = values.duration("scrub.interval").orElse(Duration.ofDays(7));
        long share = values.count("scrub.share").orElse(5L);
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new ConfigException("scrub.interval", interval.toString(), "at least 1s");
        }
        if (share < 1 || share > 100) {
            throw new ConfigException("scrub.share", Long.toString(share), "1 to 100, percent of one core");
        }
        return new ScrubConfig(new ScrubSettings(interval, (int) share));
    }
}
