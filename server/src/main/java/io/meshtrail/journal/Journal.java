package io.meshtrail.journal;

import java.io.IOException;
import java.util.List;

/// The journal of one ledger. One writer.
public interface Journal extends AutoCloseable {
    /// The smallest leafIndex that is still here; equals [#next] if it is empty.
    long first();

    /// One more than the largest leafIndex.
    long next();

    /// Appends records whose leafIndexes go on at [#next]. Not durable before [#sync].
    void append(List<JournalRecord> records) throws IOException;

    /// Takes back appended records that were not synced, from a leafIndex on, because the batch they belong
    /// to failed.
    void discard(long from) throws IOException;

    /// Makes all appended records durable. After an error the process must stop.
    void sync() throws IOException;

    /// Reads one entry.
    ///
    /// @throws JournalException if it is not here or damaged
    byte[] read(long leafIndex) throws IOException;

    /// Reads entries in order from one leafIndex up to, not including, another.
    void read(long from, long to, Reader reader) throws IOException;

    /// Gives up whole files of entries below a leafIndex, because a sealed segment has them.
    void release(long below) throws IOException;

    /// Bytes on disk.
    long bytes();

    /// Bytes at the end of a record that was never finished, as found when opening; nobody was promised it.
    long torn();

    @Override
    void close() throws IOException;

    /// Takes records in order.
    interface Reader {
        void record(JournalRecord record) throws IOException;
    }
}
