package io.meshtrail.engine.duckdb;

import io.meshtrail.engine.Batch;
import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.engine.TableEngine;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/// One in-memory instance of DuckDB. It never opens a database file; what must last is Parquet.
public final class DuckDbEngine implements TableEngine {
    /// Rows of a chunk. Larger ones cost the same CPU and three times the memory.
    private static final int CHUNK = 2_048;

    private final Connections connections;
    private final Batches batches;
    private final Semaphore questions;

    private DuckDbEngine(Connections connections, Batches batches, Semaphore questions) {
        this.connections = connections;
        this.batches = batches;
        this.questions = questions;
    }

    /// Starts an instance and locks its settings.
    ///
    /// @throws EngineException if the native library cannot be loaded or refuses a setting
    public static DuckDbEngine open(EngineSettings settings) {
        try {
            Connections connections = Connections.open(settings);
            return new DuckDbEngine(
                    connections, Batches.register(connections.first()), new Semaphore(settings.questions(), true));
        } catch (SQLException refused) {
            throw new EngineException("the engine did not start: " + Words.of(refused), refused);
        }
    }

    @Override
    public <T> T query(String sql, List<Object> parameters, Duration limit, RowReader<T> reader) {
        long deadline = System.nanoTime() + limit.toNanos();
        if (!admitted(limit)) {
            throw new EngineTimeoutException(
                    "the engine was busy with other questions for all of " + limit.toMillis() + " ms",
                    new InterruptedException("not admitted"));
        }
        try {
            return connections.use(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    for (int i = 0; i < parameters.size(); i++) {
                        statement.setObject(i + 1, parameters.get(i));
                    }
                    return withLimit(statement, limit, deadline, reader);
                }
            });
        } catch (SQLException refused) {
            throw new EngineException(Words.of(refused), refused);
        } finally {
            questions.release();
        }
    }

    /// Rows are computed while they are read, so the limit holds until the reader is done.
    private static <T> T withLimit(PreparedStatement statement, Duration limit, long deadline, RowReader<T> reader)
            throws SQLException {
        try (Deadline watch = Deadline.watch(statement, deadline - System.nanoTime())) {
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            } catch (SQLException refused) {
                if (watch.passed()) {
                    throw new EngineTimeoutException("cancelled after " + limit.toMillis() + " ms", refused);
                }
                throw refused;
            }
        }
    }

    private boolean admitted(Duration limit) {
        try {
            return questions.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while waiting for the engine", stopped);
        }
    }

    @Override
    public void execute(String sql) {
        run(sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Override
    public void insert(String table, Batch rows) {
        try (Batches.Ticket ticket = batches.offer(rows)) {
            execute("INSERT INTO " + table + " SELECT * FROM " + ticket.relation());
        }
    }

    @Override
    public void read(String sql, ChunkReader reader) {
        run(sql, connection -> {
            try (BufferAllocator memory = new RootAllocator();
                    Statement statement = connection.createStatement();
                    DuckDBResultSet rows = statement.executeQuery(sql).unwrap(DuckDBResultSet.class);
                    ArrowReader arrow = (ArrowReader) rows.arrowExportStream(memory, CHUNK)) {
                boolean more = true;
                while (more && arrow.loadNextBatch()) {
                    more = reader.read(new ArrowChunk(arrow.getVectorSchemaRoot()));
                }
                return more;
            } catch (java.io.IOException failed) {
                throw new SQLException(failed.getMessage(), failed);
            }
        });
    }

    private <T> void run(String sql, Connections.Use<T> use) {
        try {
            connections.use(use);
        } catch (SQLException refused) {
            throw new EngineException(Words.of(refused) + " [" + Words.shortened(sql) + "]", refused);
        }
    }

    /// Ends the instance; its tables are gone.
    @Override
    public void close() {
        connections.close();
        batches.close();
    }
}
