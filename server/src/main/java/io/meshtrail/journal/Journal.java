package io.meshtrail.journal;

import java.io.IOException;
import java.util.List;

/// The journal of one ledger. One thread appends, discards and syncs; one gives up what is sealed; any reads.
public interface Journal extends AutoCloseable {
    /// The smallest leafIndex that is still here; equals [#next] if it is empty.
    long first();

    /// One more than the largest leafIndex.
    long next();

    /// Appends a batch of records whose leafIndexes go on at [#next]. Not durable before [#sync], which must
    /// come before the next batch.
    ///
    /// @throws SyncException if the process must stop
    /// @throws IOException if the disk refuses; then none of the records is here, and [#discard] must be called
    ///     before anything else is appended
    void append(List<JournalRecord> records) throws IOException;

    /// Takes back appended records that were not synced, from a leafIndex on, because the batch they belong
    /// to failed; with [#next] only what a crash or a refused append left at the end. If this fails the process
    /// must stop.
    void discard(long from) throws IOException;

    /// Makes all appended records durable.
    ///
    /// @throws SyncException if they may not be; the process must stop
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

    /// Bytes of records that were never finished, as found at the end when opening; nobody was promised them.
    long torn();

    @Override
    void close() throws IOException;

    /// Takes records in order.
    interface Reader {
        void record(JournalRecord record) throws IOException;
    }
}
