package io.meshtrail.anchor;

import java.io.IOException;

/// A place outside that keeps checkpoints. Called by one thread at a time.
public interface Anchor {
    /// How the configuration calls it: `[a-z0-9][a-z0-9.-]*`.
    String name();

    /// What it is: `git`, `webhook`, `rfc3161`, `s3`.
    String kind();

    /// Puts a checkpoint there and returns once the place has confirmed it. Putting the same one again is
    /// harmless: a crash before the receipt is on record leads to that.
    ///
    /// Bounded: an implementation gives up after a time of its own.
    ///
    /// @throws IOException if the place cannot be reached, refuses, or answers what cannot be believed;
    ///     trying again later may help. The message names the place and never holds a secret.
    Receipt place(AnchoredCheckpoint checkpoint) throws IOException, InterruptedException;
}
