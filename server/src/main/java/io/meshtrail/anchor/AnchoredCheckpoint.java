package io.meshtrail.anchor;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// A published checkpoint as it goes out: the complete signed note, with all its signature lines.
///
/// @param note what was published, parsed; [#bytes] gives it back verbatim
/// @param checkpoint origin, size and root of it
public record AnchoredCheckpoint(SignedNote note, Checkpoint checkpoint) {
    /// Reads a note. Whether its signatures are good is not asked here: it is our own, or somebody checks
    /// it later.
    public static AnchoredCheckpoint parse(byte[] bytes) throws MalformedException {
        SignedNote note = SignedNote.parse(bytes);
        if (!Arrays.equals(note.bytes(), bytes)) {
            throw new MalformedException("the note is not in its canonical form");
        }
        return new AnchoredCheckpoint(note, Checkpoint.parse(note.text()));
    }

    public byte[] bytes() {
        return note.bytes();
    }

    public String origin() {
        return checkpoint.origin();
    }

    public long treeSize() {
        return checkpoint.treeSize();
    }

    public Hash root() {
        return checkpoint.root();
    }

    /// SHA-256 of the complete note: what a time-stamp authority stamps.
    public Hash sha256() {
        return sha256(bytes());
    }

    static Hash sha256(byte[] bytes) {
        try {
            return Hash.at(MessageDigest.getInstance("SHA-256").digest(bytes), 0);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
