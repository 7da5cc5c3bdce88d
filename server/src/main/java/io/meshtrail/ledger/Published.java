package io.meshtrail.ledger;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;

/// A signed checkpoint that is out.
///
/// @param treeSize its size
/// @param note the note as it was signed
/// @param at nanoseconds since 1970
record Published(long treeSize, SignedNote note, long at) {
    /// The size in a checkpoint that was checked before.
    static long sizeOf(SignedNote checkpoint) {
        try {
            return Checkpoint.parse(checkpoint.text()).treeSize();
        } catch (MalformedException unchecked) {
            throw new IllegalArgumentException("no checkpoint: " + unchecked.getMessage(), unchecked);
        }
    }
}
