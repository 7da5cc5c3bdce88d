package io.meshtrail.ledger;

import java.io.IOException;

/// Writes into `root` what happens with the witnesses. What throws is tried again.
public interface WitnessRecorder {
    /// From now on this policy counts.
    ///
    /// @param mode `open` or `closed`
    /// @param text the policy file
    void policy(String mode, String text) throws IOException, InterruptedException;

    /// Checkpoints have no quorum any more; once per episode.
    void unwitnessed(String why) throws IOException, InterruptedException;

    /// They have one again.
    void witnessed(String detail) throws IOException, InterruptedException;
}
