package io.meshtrail.engine;

/// An engine that also holds tables and files: what the index and the segments need. Any thread; each call
/// has a connection of its own.
///
/// These calls come from stations, not from users: they have no limit and do not wait behind questions.
public interface TableEngine extends Engine {
    /// Runs a statement that has no rows: a table made or dropped, a file written.
    ///
    /// @throws EngineException if the engine refuses or fails; then it did nothing
    void execute(String sql);

    /// Appends a batch to a table that has the same columns in the same order. All of it or, with an
    /// exception, none.
    ///
    /// @throws EngineException if the engine refuses or fails
    void insert(String table, Batch rows);

    /// Reads a result in its order, chunk by chunk, without ever holding more than a few of them.
    ///
    /// @throws EngineException if the engine refuses or fails
    void read(String sql, ChunkReader reader);

    /// Reads one chunk after the other.
    interface ChunkReader {
        /// @param chunk valid until this call returns
        /// @return whether to go on
        boolean read(Chunk chunk);
    }
}
