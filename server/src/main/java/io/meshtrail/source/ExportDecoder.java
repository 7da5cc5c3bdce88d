package io.meshtrail.source;

import java.util.List;

/// Reads exports: bodies in which one sender brings what many producers told, such as a collector those of
/// its node.
public interface ExportDecoder {
    /// One record of an export.
    ///
    /// @param number 1-based, in the order of the export; a record that held several lines gives several
    ///     of its number
    /// @param producer who told it; empty if the export does not say
    record Told(int number, String producer, Decoded decoded) {}

    /// The name of the format, for counts.
    String format();

    /// Decodes a whole body (already decompressed). Its encoding is told by its content alone.
    ///
    /// @return what became of each record, in order: nothing of an empty export; rejections alone if nothing
    ///     can be read
    List<Told> decode(byte[] body, Hints hints);
}
