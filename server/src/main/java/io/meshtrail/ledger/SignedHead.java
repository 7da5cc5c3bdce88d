package io.meshtrail.ledger;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.util.List;
import java.util.Optional;

/// A checkpoint whose signature holds.
///
/// @param where who has it, for messages
record SignedHead(Checkpoint checkpoint, SignedNote note, String where) {
    /// What bytes are a checkpoint by a key; empty if they are not.
    static Optional<SignedHead> of(byte[] bytes, VerifierKey key, String where) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            boolean own =
                    checkpoint.origin().equals(key.name()) && note.verify(List.of(key)) instanceof NoteVerdict.Accepted;
            return own ? Optional.of(new SignedHead(checkpoint, note, where)) : Optional.empty();
        } catch (MalformedException damaged) {
            return Optional.empty();
        }
    }

    long size() {
        return checkpoint.treeSize();
    }
}
