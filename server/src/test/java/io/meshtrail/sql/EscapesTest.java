package io.meshtrail.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.Sandbox;
import io.meshtrail.engine.SandboxSettings;
import io.meshtrail.engine.duckdb.DuckDbSandbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers try. Each of the two walls is tried alone: the check of the statement, and the sandbox
/// without the check.
class EscapesTest {
    private static final String MARK = "the secret of the house";

    @TempDir
    private Path folder;

    private Path allowed = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void fill() throws Exception {
        allowed = folder.resolve("it's allowed.parquet");
        secret = folder.resolve("secret.csv");
        Files.writeString(secret, "a\n" + MARK + "\n");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT range AS n, '" + MARK + "' AS t FROM range(3)) TO '"
                    + folder.resolve("other.parquet") + "' (FORMAT parquet)");
            statement.execute("COPY (SELECT range AS n, 'x' || range AS t FROM range(3)) TO '"
                    + allowed.toString().replace("'", "''") + "' (FORMAT parquet)");
        }
    }

    private SandboxSettings settings() {
        String file = allowed.toString().replace("'", "''");
        return new SandboxSettings(
                64L << 20, 1, List.of(allowed), "events", "SELECT * FROM read_parquet(['" + file + "'])");
    }

    private String answer(String sql) throws Exception {
        String request = new SqlRequest(sql, settings(), 100).line() + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SqlWorker(DuckDbSandbox::open, out)
                .serve(new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)), () -> {}, () -> {});
        return out.toString(StandardCharsets.UTF_8);
    }

    private String named(String sql) {
        return sql.replace("SECRET", secret.toString())
                .replace("OTHER", folder.resolve("other.parquet").toString())
                .replace("OUT", folder.resolve("out").toString())
                .replace("DIR", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('SECRET')",
                "SELECT * FROM read_blob('SECRET')",
                "SELECT * FROM read_csv('SECRET')",
                "SELECT * FROM read_csv_auto('SECRET')",
                "SELECT * FROM sniff_csv('SECRET')",
                "SELECT * FROM read_json('SECRET')",
                "SELECT * FROM read_ndjson_objects('SECRET')",
                "SELECT * FROM read_parquet('OTHER')",
                "SELECT * FROM parquet_scan(['OTHER'])",
                "SELECT * FROM parquet_schema('OTHER')",
                "SELECT * FROM parquet_kv_metadata('OTHER')",
                "SELECT * FROM glob('DIR/*')",
                "SELECT * FROM 'SECRET'",
                "SELECT * FROM \"SECRET\"",
                "SELECT * FROM 'OTHER'",
                "FROM 'SECRET'",
                "TABLE 'SECRET'",
                "SELECT (SELECT a FROM 'SECRET')",
                "SELECT * FROM events, LATERAL (SELECT * FROM read_text('SECRET'))",
                "SELECT * FROM events WHERE EXISTS (FROM read_text('SECRET'))",
                "SELECT * FROM query('FROM read_text(''SECRET'')')",
                "SELECT * FROM query_table('SECRET')",
                "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''SECRET'')'))",
                "WITH x AS (SELECT * FROM read_csv('SECRET')) SELECT * FROM x",
                "SELECT * FROM (WITH duckdb_settings AS (SELECT 1) SELECT 1) a, duckdb_settings",
                "SELECT * FROM (WITH pg_settings AS (SELECT 1) SELECT 1) a, pg_settings",
                "SELECT * FROM (WITH \"SECRET\" AS (SELECT 1) SELECT 1) a, 'SECRET'",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM duckdb_views",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM pg_catalog.pg_class",
                "SELECT * FROM pragma_database_list",
                "SELECT * FROM main.events",
                "SELECT current_setting('allowed_paths')",
                "SELECT getenv('HOME')",
                "SELECT write_log('x')",
                "SELECT sleep_ms(100000)",
                "SHOW TABLES",
                "SHOW ALL TABLES",
                "SHOW DATABASES",
                "SET memory_limit='100GB'",
                "SET lock_configuration=false",
                "RESET allowed_paths",
                "PRAGMA enable_external_access",
                "PRAGMA database_list",
                "CALL pragma_version()",
                "ATTACH 'OUT' AS db",
                "DETACH memory",
                "USE memory",
                "INSTALL httpfs",
                "LOAD httpfs",
                "COPY events TO 'OUT'",
                "COPY (SELECT 1) TO 'OUT'",
                "COPY events FROM 'SECRET'",
                "EXPORT DATABASE 'OUT'",
                "IMPORT DATABASE 'DIR'",
                "CREATE TABLE t AS SELECT 1",
                "CREATE SECRET s (TYPE http)",
                "CREATE MACRO f() AS TABLE SELECT 1",
                "INSERT INTO events VALUES (1)",
                "DROP VIEW events",
                "DELETE FROM events",
                "BEGIN",
                "CHECKPOINT",
                "VACUUM",
                "PREPARE p AS SELECT 1",
                "EXECUTE p",
                "EXPLAIN ANALYZE SELECT 1",
                "SELECT 1; SELECT 2",
                "SELECT 1; COPY events TO 'OUT'",
                "SELECT 1 /* */ ; -- \n DROP VIEW events",
                "",
                ";",
                "-- nothing",
                "SELECT $1",
                "SELECT ?"
            })
    void aHostileStatementIsRefusedInWordsBeforeAnyRow(String hostile) throws Exception {
        String answer = answer(named(hostile));
        assertThat(answer).startsWith("{\"end\":\"refused\",\"detail\":\"").doesNotContain(MARK);
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('SECRET')",
                "SELECT * FROM read_csv('SECRET')",
                "SELECT * FROM read_parquet('OTHER')",
                "SELECT * FROM 'SECRET'",
                "SELECT * FROM glob('DIR/*')",
                "COPY events TO 'OUT'",
                "COPY (SELECT 1) TO 'OUT'",
                "ATTACH 'OUT' AS db",
                "SET enable_external_access=true",
                "SET lock_configuration=false",
                "SET allowed_directories=['/']",
                "RESET allowed_paths",
                "INSTALL httpfs",
                "LOAD httpfs",
                "EXPORT DATABASE 'OUT'",
                "SELECT * FROM query('FROM read_text(''SECRET'')')",
                "CREATE PERSISTENT SECRET s (TYPE http)"
            })
    void theSandboxHoldsWithoutTheCheck(String hostile) {
        try (Sandbox sandbox = DuckDbSandbox.open(settings())) {
            Rows rows = new Rows();
            assertThatThrownBy(() -> sandbox.read(named(hostile), rows)).isInstanceOf(EngineException.class);
            assertThat(rows.seen).isEmpty();
        }
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n, t FROM events ORDER BY n",
                "FROM events",
                "TABLE events",
                "SELECT e.* FROM Events e JOIN events f USING (n)",
                "WITH x AS (SELECT * FROM events) SELECT * FROM x UNION ALL SELECT * FROM events",
                "WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM r WHERE i < 3) SELECT * FROM r",
                "SELECT unnest([1, 2]), * FROM range(3) r(i)",
                "SELECT * FROM events, generate_series(1, 2)",
                "SELECT * FROM events, unnest([1, 2]) u(v)",
                "SELECT value FROM json_each('[1,2]')",
                "VALUES (1), (2)",
                "DESCRIBE events",
                "DESCRIBE SELECT 1",
                "SUMMARIZE events",
                "SELECT t, count(*) FILTER (n > 1), rank() OVER (ORDER BY t) FROM events GROUP BY t",
                "SELECT COLUMNS('n.*') FROM events QUALIFY row_number() OVER () = 1",
                "SELECT 'a; b' AS \"semi;colon\"; "
            })
    void anHonestOneIsAnswered(String honest) throws Exception {
        assertThat(answer(honest))
                .startsWith("{\"columns\":[")
                .contains("\n[")
                .endsWith("{\"end\":\"done\",\"detail\":\"\"}\n");
    }

    @Test
    void aBombIsRefusedAndTheNextStatementAnswered() throws Exception {
        for (String bomb : List.of(
                "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000),
                "SELECT " + "[".repeat(5_000) + "1" + "]".repeat(5_000),
                "SELECT * FROM (SELECT ".repeat(300) + "1" + ")".repeat(300),
                "SELECT string_agg(repeat('x', 1000), '') FROM range(1000000)",
                "SELECT * FROM range(10000000) a, range(10000000) b ORDER BY hash(a.range * b.range)")) {
            assertThat(answer(bomb)).as(bomb.substring(0, 40)).contains("\"end\":\"refused\"");
        }
        assertThat(answer("SELECT count(*) FROM events")).contains("[3]");
    }

    @Test
    void rowsStopAtTheLimitAndSaySo() throws Exception {
        String answer = answer("SELECT * FROM range(1000000000000)");
        assertThat(answer.lines()).hasSize(102);
        assertThat(answer)
                .endsWith("{\"end\":\"more_rows\",\"detail\":\"there are more than the 100 rows that were wanted\"}\n");
    }

    private static final class Rows implements Sandbox.RowSink {
        private final List<Object> seen = new ArrayList<>();

        @Override
        public void columns(List<Sandbox.Column> columns) {}

        @Override
        public boolean row(List<Object> values) {
            seen.add(values);
            return true;
        }
    }
}
