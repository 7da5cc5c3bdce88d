package io.meshtrail.ledger;

import io.meshtrail.proof.ConsistencyProof;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A ledger as witnesses see it.
public interface Witnessable {
    String name();

    /// The key of its checkpoints.
    VerifierKey verifierKey();

    /// The last checkpoint that was signed, and is in the state folder; it may not be shown yet.
    Optional<SignedNote> signed();

    /// The cosigned note that the data folder keeps, checked against key and tree; whether it has a quorum is for a
    /// policy to say.
    ///
    /// @throws StaleDataException if the tree is not what was cosigned
    Optional<SignedNote> remembered() throws IOException;

    /// The proof that the tree of `newSize` entries extends the one of `oldSize`.
    ///
    /// @param oldSize at least 1
    ConsistencyProof consistency(long oldSize, long newSize) throws IOException;

    /// A signed checkpoint has its quorum: writes the note into the data folder, then shows it.
    ///
    /// @param cosigned the note with all cosignatures so far
    void witnessed(SignedNote cosigned) throws IOException;

    /// How the witnesses stand, for `/api/ledgers`.
    void report(List<WitnessStatus> witnesses);

    /// Nothing more is signed: what outsiders know contradicts this ledger.
    void stopSigning();
}
