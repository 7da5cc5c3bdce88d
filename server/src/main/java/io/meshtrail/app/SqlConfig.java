package io.meshtrail.app;

import io.meshtrail.sql.SqlSettings;
import java.time.Duration;

/// The keys `sql.*`: people's own SQL.
///
/// @param enabled whether it is answered at all
record SqlConfig(boolean enabled, SqlSettings settings) {
    private static final int MOST_AT_ONCE = 16;

    static SqlConfig of(ConfigValues values) {
        long memory = values.bytes("sql.memory").orElse(256L << 20);
        Duration limit = values.duration("sql.timeout").orElse(Duration.ofSeconds(30));
        long atOnce = values.count("sql.processes").orElse(2L);
        if (memory < 64L << 20) {
            throw new ConfigException("sql.memory", Long.toString(memory), "at least 64MiB");
        }
        if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new ConfigException("sql.timeout", limit.toString(), "1s to 10m");
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new ConfigException("sql.processes", Long.toString(atOnce), "1 to " + MOST_AT_ONCE);
        }
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new SqlConfig(
                values.flag("sql.enabled").orElse(true), new SqlSettings(memory, threads, (int) atOnce, limit));
    }
}
