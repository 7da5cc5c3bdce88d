package io.meshtrail.query.embedded;

import io.meshtrail.engine.Engine;
import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.EngineTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// DuckDB with one connection and without locks. Can be told to fail or to be late for some queries.
final class PlainEngine implements Engine {
    private final Connection connection;
    private Predicate<String> late = sql -> false;

    PlainEngine() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException broken) {
            throw new EngineException("no engine", broken);
        }
    }

    /// Lets queries run out of time from now on.
    void beLateFor(Predicate<String> sql) {
        late = sql;
    }

    @Override
    public synchronized <T> T query(String sql, List<Object> parameters, Duration limit, RowReader<T> reader) {
        if (late.test(sql)) {
            throw new EngineTimeoutException("late on purpose", new SQLException("late"));
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        } catch (SQLException failed) {
            throw new EngineException(failed.getMessage() + " in " + sql, failed);
        }
    }

    synchronized void execute(String sql, List<? extends Object> parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            statement.execute();
        } catch (SQLException failed) {
            throw new EngineException(sql, failed);
        }
    }

    private static void set(PreparedStatement statement, List<? extends Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            throw new EngineException("cannot close", broken);
        }
    }
}
