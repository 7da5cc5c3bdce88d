package io.meshtrail.source;

import java.util.List;

/// Reads one wire format of HTTP ingest.
public interface Decoder {
    /// The name of the format, as in `/ingest/lines/{format}`, or `kubernetes-audit`.
    String format();

    /// Decodes a whole body (already decompressed). What a body as a whole is (one record, a list, one a
    /// line) is
    /// told by its content alone.
    ///
    /// @return one element for each input record, in order; a body of which nothing can be read gives only
    ///     rejections
    List<Decoded> decode(byte[] body, Hints hints);
}
