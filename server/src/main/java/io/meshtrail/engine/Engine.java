package io.meshtrail.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// An in-memory SQL engine. Any thread.
public interface Engine extends AutoCloseable {
    /// Runs a query and reads its rows.
    ///
    /// @param parameters Strings and Longs for the question marks
    /// @param limit after which the query is cancelled
    /// @throws EngineTimeoutException if it was
    /// @throws EngineException if the engine refuses or fails
    <T> T query(String sql, List<Object> parameters, Duration limit, RowReader<T> reader);

    @Override
    void close();

    /// Reads a result while it is open.
    interface RowReader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
