package io.meshtrail.ledger;

import io.meshtrail.proof.SignedNote;
import java.io.IOException;

/// Writes holds into `root`.
public interface HoldRecorder {
    /// Writes that a hold is in force, and returns the leafIndex of the entry once it is durable.
    long holds(Hold hold) throws IOException, InterruptedException;

    /// Writes that a hold is over, likewise.
    ///
    /// @param note what two approvers have signed
    long lifts(Hold hold, SignedNote note) throws IOException, InterruptedException;
}
