package io.meshtrail.ledger;

import io.meshtrail.segment.Segment;
import java.io.IOException;

/// Writes seals into `root`.
interface SealRecorder {
    /// Returns when the entry is durable.
    void sealed(Segment segment) throws IOException, InterruptedException;
}
