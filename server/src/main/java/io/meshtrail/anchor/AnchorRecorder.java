package io.meshtrail.anchor;

import java.io.IOException;

/// Writes into `root` what an anchor has.
public interface AnchorRecorder {
    /// Returns once the entry is durable.
    ///
    /// @throws IOException if `root` takes no entry at present
    void anchored(AnchorRecord record) throws IOException, InterruptedException;
}
