package io.meshtrail.app;

import java.time.Duration;

/// `reconcile.flush` (default 5 seconds): the longest time that a proxy keeps an entry before it sends it.
record ReconcileConfig(Duration flush) {
    static ReconcileConfig of(ConfigValues values) {
        Duration flush = values.duration("reconcile.flush").orElse(Duration.ofSeconds(5));
        if (flush.compareTo(Duration.ofMillis(100)) < 0 || flush.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new ConfigException("reconcile.flush", flush.toString(), "100ms to 10m");
        }
        return new ReconcileConfig(flush);
    }
}
