package io.meshtrail.journal;

/// One entry in a journal.
///
/// @param leafIndex its place
/// @param fingerprintHigh the high half of 128 bits of the producer and the input record, by which a
///     repetition is
///     recognised after a restart; both halves are 0 if the transport cannot repeat
/// @param fingerprintLow the low half
/// @param entry the exact entry bytes
public record JournalRecord(long leafIndex, long fingerprintHigh, long fingerprintLow, byte[] entry) {}
