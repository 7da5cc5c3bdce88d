package io.meshtrail.ingest;

import io.meshtrail.source.StreamDecoder;

/// Makes the decoder of each new stream.
@FunctionalInterface
public interface StreamDecoders {
    /// @param peer the address of the sender, for a stream that never says who it is
    StreamDecoder open(String peer);
}
