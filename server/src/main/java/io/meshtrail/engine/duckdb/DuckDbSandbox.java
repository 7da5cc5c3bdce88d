package io.meshtrail.engine.duckdb;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.Sandbox;
import io.meshtrail.engine.SandboxSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/// An instance of DuckDB that lives for one statement. Making one takes some 30 ms, and nothing that a
/// stranger leaves behind can meet the next one.
public final class DuckDbSandbox implements Sandbox {
    private final Connection connection;

    private DuckDbSandbox(Connection connection) {
        this.connection = connection;
    }

    /// Makes the view and locks everything.
    ///
    /// @throws EngineException if a file cannot be read or the native library cannot be loaded
    public static DuckDbSandbox open(SandboxSettings settings) {
        try {
            Properties properties = new Properties();
            // Else the driver computes the whole result before the first row.
            properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            try {
                for (String step : steps(settings)) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(step);
                    }
                }
                return new DuckDbSandbox(connection);
            } catch (SQLException refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException refused) {
            throw new EngineException(Words.of(refused), refused);
        }
    }

    /// The order matters: files are named before external access ends, and nothing can be set after the lock.
    private static List<String> steps(SandboxSettings settings) {
        return List.of(
                "SET memory_limit='" + settings.memoryBytes() / 1024 + "KiB'",
                "SET threads=" + settings.threads(),
                "SET GLOBAL TimeZone='UTC'",
                "SET autoinstall_known_extensions=false",
                "SET autoload_known_extensions=false",
                "SET allow_community_extensions=false",
                "SET allow_persistent_secrets=false",
                "SET temp_directory=''",
                "SET allowed_paths="
                        + settings.files().stream()
                                .map(DuckDbSandbox::text)
                                .collect(Collectors.joining(", ", "[", "]")),
                "SET enable_external_access=false",
                "CREATE VIEW " + settings.view() + " AS " + settings.rows(),
                "SET lock_configuration=true");
    }

    private static String text(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    @Override
    public String tree(String sql) {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT json_serialize_sql(CAST(? AS VARCHAR))")) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException refused) {
            throw new EngineException(Words.of(refused), refused);
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT view_name FROM duckdb_views()"
                        + " UNION SELECT table_name FROM duckdb_tables()"
                        + " UNION SELECT function_name FROM duckdb_functions() WHERE function_type LIKE '%table%'")) {
            while (rows.next()) {
                names.add(rows.getString(1).toLowerCase(Locale.ROOT));
            }
        } catch (SQLException refused) {
            throw new EngineException(Words.of(refused), refused);
        }
        return names;
    }

    @Override
    public void read(String sql, RowSink sink) {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData shape = rows.getMetaData();
            int count = shape.getColumnCount();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                columns.add(new Column(shape.getColumnLabel(i), shape.getColumnTypeName(i)));
            }
            sink.columns(columns);
            boolean more = true;
            while (more && rows.next()) {
                List<@Nullable Object> row = new ArrayList<>(count);
                for (int i = 1; i <= count; i++) {
                    row.add(SandboxValue.of(rows.getObject(i)));
                }
                more = sink.row(row);
            }
        } catch (SQLException refused) {
            throw new EngineException(Words.of(refused), refused);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new EngineException(Words.of(failed), failed);
        }
    }
}
