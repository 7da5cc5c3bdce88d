package io.meshtrail.ledger;

import io.meshtrail.event.Submission;
import java.io.IOException;
import java.util.List;

/// What is done to events before they are stored: personal values make way for names that mean nothing.
/// Routes see the event as it came; entry bytes, blobs and fingerprints are made of what this gives.
@FunctionalInterface
public interface Disguise {
    /// Stores events as they come.
    Disguise NONE = submissions -> submissions;

    /// The same submissions, in the same order, as they may be stored. What it takes to find the way back
    /// is durable when this returns.
    ///
    /// @throws IOException if it cannot be made durable; then nothing may be stored
    List<Submission> of(List<Submission> submissions) throws IOException;
}
