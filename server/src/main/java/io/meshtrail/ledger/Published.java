package io.meshtrail.ledger;

import io.meshtrail.proof.SignedNote;

/// A signed checkpoint that is out.
///
/// @param treeSize its size
/// @param note the note as it was signed
/// @param at nanoseconds since 1970
record Published(long treeSize, SignedNote note, long at) {}
