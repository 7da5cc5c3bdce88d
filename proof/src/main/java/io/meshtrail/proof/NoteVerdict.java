package io.meshtrail.proof;

import java.util.List;
import java.util.OptionalLong;

/// What became of a note's signatures.
public sealed interface NoteVerdict {
    /// Every line by a known key verified, and there was at least one.
    ///
    /// @param signers each key once, in the order of the lines
    record Accepted(List<Signer> signers) implements NoteVerdict {
        public Accepted {
            signers = List.copyOf(signers);
        }

        public boolean isSignedBy(VerifierKey key) {
            return signers.stream().anyMatch(signer -> signer.key().equals(key));
        }
    }

    /// The note must not be believed.
    record Refused(String why) implements NoteVerdict {}

    /// One key that signed.
    ///
    /// @param timestamp POSIX seconds at which a cosigner says it signed; only cosignatures have one
    record Signer(VerifierKey key, OptionalLong timestamp) {}
}
