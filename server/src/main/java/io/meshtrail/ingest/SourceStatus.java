package io.meshtrail.ingest;

import java.util.OptionalLong;

/// How a producer stands, for `/api/sources`. Times are nanoseconds since 1970.
///
/// @param accepted records that became events
/// @param dropped entries that the proxy said it dropped
/// @param gaps events written about what it sent and nobody understood, and about what it counted and never arrived
/// @param lost entries in the latter, those dropped included
/// @param skew median of `received` minus `time` of late, nanoseconds; negative if its clock is ahead
/// @param lag median of `received` minus the end of an event, its `time` plus `duration`
/// @param lastEvent the latest `time` it claimed
/// @param lastRejection the last reason; empty if there was none
public record SourceStatus(
        String id,
        String format,
        String mesh,
        String cluster,
        long accepted,
        long ignored,
        long rejected,
        long duplicate,
        long dropped,
        long gaps,
        long lost,
        long bytes,
        OptionalLong skew,
        OptionalLong lag,
        long firstSeen,
        long lastSeen,
        OptionalLong lastEvent,
        int openStreams,
        String lastRejection,
        long lastRejectionAt) {
    /// Who told something once, and has been quiet for so long, is reported.
    private static final long SILENCE = 600_000_000_000L;

    /// Whether nothing has come for ten minutes.
    public boolean isSilent(long now) {
        return now - lastSeen > SILENCE;
    }
}
