package io.meshtrail.witness;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;

/// A signed checkpoint that is to be cosigned.
record Candidate(SignedNote note, long size) {
    static Candidate of(SignedNote note) {
        try {
            return new Candidate(note, Checkpoint.parse(note.text()).treeSize());
        } catch (MalformedException impossible) {
            throw new IllegalStateException("the ledger signed what is no checkpoint", impossible);
        }
    }
}
