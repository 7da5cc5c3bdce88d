package io.meshtrail.journal;

/// One entry in a journal.
///
/// @param leafIndex its place
/// @param fingerprint 128 bits of the producer and the input record, high and low half, by which a repetition is
///     recognised after a restart; both 0 if the transport cannot repeat
/// @param entry the exact entry bytes
public record JournalRecord(long leafIndex, long fingerprintHigh, long fingerprintLow, byte[] entry) {}
