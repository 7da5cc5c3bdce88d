package io.meshtrail.host;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file that grows at its end. Appends come from one thread; reads may come from any.
public interface AppendFile extends AutoCloseable {
    long size();

    /// Writes all remaining bytes at the end. Not durable before [#sync].
    void append(ByteBuffer bytes) throws IOException;

    /// Makes all appended bytes durable. After an error here nothing can be said about any byte since the
    /// last success.
    void sync() throws IOException;

    /// Fills the buffer from a place.
    ///
    /// @throws java.io.EOFException if the file ends before
    void read(long at, ByteBuffer target) throws IOException;

    /// Writes all remaining bytes over others, for those who must destroy what a file holds. Not durable
    /// before [#sync].
    ///
    /// @param at with the length of the bytes within [#size]
    default void overwrite(long at, ByteBuffer bytes) throws IOException {
        throw new IOException("this file only grows");
    }

    /// Cuts the file, for recovery alone.
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
