package io.meshtrail.source;

import io.meshtrail.counter.Readings;

/// Reads the reports of one proxy in order; keeps what only the first says. One thread at a time.
public interface MetricStream {
    /// Decodes a message. Any bytes give readings or complaints.
    Readings message(byte[] message);
}
