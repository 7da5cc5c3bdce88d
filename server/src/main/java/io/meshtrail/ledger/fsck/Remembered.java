package io.meshtrail.ledger.fsck;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checkpoints that somebody kept outside: a witness, an anchor, an e-mail. Each must be a head of its ledger, however
/// the folder looks today.
///
/// @param notes in any order, of any ledgers
public record Remembered(List<Kept> notes) {
    public static final Remembered NOTHING = new Remembered(List.of());

    public Remembered {
        notes = List.copyOf(notes);
    }

    /// One of them.
    ///
    /// @param file where it was kept
    public record Kept(String file, SignedNote note) {
        /// The ledger that it speaks of, as the first line of a checkpoint; empty if it is none.
        Optional<String> origin() {
            try {
                return Optional.of(Checkpoint.parse(note.text()).origin());
            } catch (MalformedException none) {
                return Optional.empty();
            }
        }
    }

    /// Those of the ledger with a key, by its origin.
    List<Kept> of(VerifierKey key) {
        return notes.stream()
                .filter(kept -> kept.origin().equals(Optional.of(key.name())))
                .toList();
    }

    /// Those that speak of no ledger that is here.
    List<Kept> ofNone(Set<String> origins) {
        return notes.stream()
                .filter(kept -> kept.origin().isEmpty()
                        || !origins.contains(kept.origin().orElseThrow()))
                .toList();
    }
}
