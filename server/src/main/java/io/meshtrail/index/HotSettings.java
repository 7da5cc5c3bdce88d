package io.meshtrail.index;

import java.time.Duration;

/// How rows get into the hot tables.
///
/// @param queueBytes when about so many bytes of events wait, whoever brings more must wait too
/// @param batchRows a batch of so many rows is inserted at once
/// @param batchDelay a smaller batch is inserted when its oldest event has waited so long
/// @param tableRows when a hot table has so many rows the next one begins; a table goes only as a whole, so a
///     smaller number frees memory sooner and makes queries name more tables
public record HotSettings(long queueBytes, int batchRows, Duration batchDelay, int tableRows) {
    /// The settings of a server.
    public static final HotSettings DEFAULT = new HotSettings(64L << 20, 2_048, Duration.ofMillis(50), 65_536);

    public HotSettings {
        if (queueBytes < 1 || batchRows < 1 || tableRows < batchRows || batchDelay.isNegative()) {
            throw new IllegalArgumentException("hot tables with " + queueBytes + " bytes queued, batches of "
                    + batchRows + ", tables of " + tableRows + ", delay " + batchDelay);
        }
    }
}
