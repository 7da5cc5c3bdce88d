package io.meshtrail.source;

import java.util.List;

/// Reads the messages of one stream in order; keeps what only the first message says. One thread at a time.
public interface StreamDecoder {
    /// Decodes a message.
    ///
    /// @param message the protobuf bytes; not kept
    /// @param received nanoseconds since 1970
    /// @return one element for each log entry of the message, in order; a message of which nothing can be read
    ///     gives one rejection
    List<Decoded> message(byte[] message, long received);

    /// Who sends this stream, as far as it has said: what `/api/sources` lists; `unknown` before the first
    /// message.
    String producer();
}
