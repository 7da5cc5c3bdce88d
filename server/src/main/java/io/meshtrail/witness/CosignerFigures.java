package io.meshtrail.witness;

/// What became of the requests to one submission URL, since the start.
///
/// @param witness the policy's name of the first witness there
/// @param cosigned answered 200 with a cosignature that verifies
/// @param refused answered otherwise
/// @param failed not answered, or 429 and 5xx
public record CosignerFigures(String witness, long cosigned, long refused, long failed) {}
