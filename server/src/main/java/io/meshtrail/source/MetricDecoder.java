package io.meshtrail.source;

import io.meshtrail.counter.Readings;

/// Reads reports of metrics for the counters of proxies in them. One report may hold those of many.
public interface MetricDecoder {
    /// The name of the format, for counts.
    String format();

    /// Decodes a whole body (already decompressed). Any bytes give readings or complaints.
    ///
    /// @param proxy the name of the proxy where the report has none; empty: such counters are of nobody
    Readings decode(byte[] body, String proxy);
}
