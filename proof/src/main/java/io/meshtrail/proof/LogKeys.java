package io.meshtrail.proof;

import java.util.List;

/// The keys that somebody trusts, each for the origin that is its name. A key never vouches for another origin,
/// so one ledger's signature cannot be passed off as another's.
public record LogKeys(List<VerifierKey> keys) {
    public LogKeys {
        keys = List.copyOf(keys);
    }

    public boolean knows(String origin) {
        return keys.stream().anyMatch(key -> key.name().equals(origin));
    }

    /// Whether the ledger that the checkpoint names signed it.
    public NoteVerdict verify(SignedNote note, Checkpoint checkpoint) {
        if (!note.text().equals(checkpoint.text())) {
            throw new IllegalArgumentException("the note is about another checkpoint than " + checkpoint);
        }
        return verify(note, checkpoint.origin());
    }

    /// Whether the ledger of this origin signed the note.
    NoteVerdict verify(SignedNote note, String origin) {
        if (!knows(origin)) {
            return new NoteVerdict.Refused("no trusted key is for the origin " + Shown.of(origin));
        }
        return note.verify(
                keys.stream().filter(key -> key.name().equals(origin)).toList());
    }
}
