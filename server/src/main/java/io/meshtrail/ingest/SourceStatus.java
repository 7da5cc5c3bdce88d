package io.meshtrail.ingest;

import java.util.OptionalLong;

/// How a producer stands, for `/api/sources`. Times are nanoseconds since 1970.
///
/// @param accepted records that became events
/// @param gaps events written about what it sent and nobody understood
/// @param skew median of `received` minus `time` of late, nanoseconds; negative if its clock is ahead
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
        long gaps,
        long bytes,
        OptionalLong skew,
        long firstSeen,
        long lastSeen,
        OptionalLong lastEvent,
        int openStreams,
        String lastRejection,
        long lastRejectionAt) {}
