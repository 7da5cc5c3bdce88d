package io.meshtrail.ledger;

import java.time.Duration;
import java.util.List;

/// How a ledger stands, for `/api/ledgers`.
///
/// @param size entries in the tree
/// @param root base64 of the root of that size
/// @param publishedSize entries under the last checkpoint
/// @param sealedSize entries in segments
/// @param publishedAt nanoseconds since 1970 of the last checkpoint; 0 if none
/// @param publishLagNanos age of the oldest entry that is not under a checkpoint; 0 if none
/// @param witnessedSize entries under the last checkpoint with a quorum of witnesses; 0 without
/// @param retention how long entries are kept
/// @param journalBytes bytes of the journal on disk
public record LedgerStatus(
        String name,
        String origin,
        String verifierKey,
        long size,
        String root,
        long minIndex,
        long publishedSize,
        long sealedSize,
        long publishedAt,
        long publishLagNanos,
        long witnessedSize,
        List<WitnessStatus> witnesses,
        Duration retention,
        long journalBytes) {}
