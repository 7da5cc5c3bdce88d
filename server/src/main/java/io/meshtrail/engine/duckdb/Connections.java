package io.meshtrail.engine.duckdb;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.EngineSettings;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// The connections of one instance: each call has one for itself, and idle ones are kept for the next call.
final class Connections implements AutoCloseable {
    private static final int MOST_IDLE = 8;

    private final DuckDBConnection first;
    private final Deque<DuckDBConnection> idle = new ArrayDeque<>();
    private boolean closed;

    private Connections(DuckDBConnection first) {
        this.first = first;
    }

    static Connections open(EngineSettings settings) throws SQLException {
        Properties properties = new Properties();
        // Without it a result is held in memory as a whole before its first row is seen.
        properties.setProperty("jdbc_stream_results", "true");
        DuckDBConnection first =
                DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
        try (Statement statement = first.createStatement()) {
            for (String setting : settings(settings)) {
                statement.execute(setting);
            }
        } catch (SQLException refused) {
            first.close();
            throw refused;
        }
        return new Connections(first);
    }

    /// The order matters: the folders come before external access ends, and nothing can be set after the
    /// lock.
    private static List<String> settings(EngineSettings settings) {
        List<Path> folders = new ArrayList<>(settings.folders());
        folders.add(settings.temporary());
        return List.of(
                // The default of 16 MB stops a hot table for seconds while it is compressed.
                "SET checkpoint_threshold='1TB'",
                "SET memory_limit='" + settings.memoryBytes() / 1024 + "KiB'",
                "SET threads=" + settings.threads(),
                // A segment's rows are in the order of their leafIndex without a sort.
                "SET preserve_insertion_order=true",
                "SET GLOBAL TimeZone='UTC'",
                "SET parquet_metadata_cache=" + settings.cacheFooters(),
                "SET autoinstall_known_extensions=false",
                "SET autoload_known_extensions=false",
                "SET allow_community_extensions=false",
                "SET temp_directory=" + quoted(settings.temporary()),
                "SET allowed_directories="
                        + folders.stream().map(Connections::quoted).collect(Collectors.joining(", ", "[", "]")),
                "SET enable_external_access=false",
                "SET lock_configuration=true");
    }

    private static String quoted(Path folder) {
        return "'" + folder.toAbsolutePath().normalize().toString().replace("'", "''") + "'";
    }

    DuckDBConnection first() {
        return first;
    }

    /// Lends a connection for one call. One that saw an error is not lent again.
    ///
    /// The call is one transaction. The driver plans a statement in one step and runs it in another, and the
    /// planner drops a condition that the table's statistics say always holds. Between the two steps others may
    /// commit rows for which it does not hold; in one transaction the run does not see them.
    <T> T use(Use<T> use) throws SQLException {
        DuckDBConnection connection = borrow();
        boolean sound = false;
        try {
            run(connection, "BEGIN TRANSACTION");
            T answer = use.with(connection);
            run(connection, "COMMIT");
            sound = true;
            return answer;
        } finally {
            giveBack(connection, sound);
        }
    }

    private static void run(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private DuckDBConnection borrow() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new EngineException("the engine is closed", new IllegalStateException("closed"));
            }
            @Nullable DuckDBConnection free = idle.pollFirst();
            return free != null ? free : first.duplicate();
        }
    }

    private void giveBack(DuckDBConnection connection, boolean sound) throws SQLException {
        synchronized (idle) {
            if (sound && !closed && idle.size() < MOST_IDLE) {
                idle.addFirst(connection);
                return;
            }
        }
        connection.close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            try {
                for (DuckDBConnection connection : idle) {
                    connection.close();
                }
                idle.clear();
                first.close();
            } catch (SQLException failed) {
                throw new EngineException("the engine did not close: " + Words.of(failed), failed);
            }
        }
    }

    /// One call's use of a connection.
    interface Use<T> {
        T with(DuckDBConnection connection) throws SQLException;
    }
}
