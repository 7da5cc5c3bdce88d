package io.meshtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.Workbench;
import io.meshtrail.engine.Sandbox;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.json.Json;
import io.meshtrail.query.Coverage;
import io.meshtrail.sql.JavaChild;
import io.meshtrail.sql.SqlChild;
import io.meshtrail.sql.SqlDesk;
import io.meshtrail.sql.SqlFailedException;
import io.meshtrail.sql.SqlQuestion;
import io.meshtrail.sql.SqlRefusedException;
import io.meshtrail.sql.SqlSettings;
import io.meshtrail.sql.SqlSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements over hot and sealed rows, answered by real processes that die when they like.
class SqlDeskTest {
    private static final SqlSettings SETTINGS = new SqlSettings(128L << 20, 1, 1, Duration.ofMinutes(5));
    private static final String COUNT = "SELECT ledger, count(*), count(DISTINCT leafIndex), max(leafIndex)"
            + " FROM events WHERE ledger <> 'root' GROUP BY 1 ORDER BY 1";

    @TempDir
    private Path folder;

    private final List<SqlChild> children = new ArrayList<>();

    private SqlDesk desk(Workbench bench) throws IOException {
        SqlChild.Starter starter =
                JavaChild.of(bench.host.disk(), SqlProcess.class.getName(), folder.resolve("library"));
        return new SqlDesk(
                bench.host,
                bench.index,
                bench.engine(),
                () -> {
                    children.add(starter.start());
                    return children.getLast();
                },
                folder.resolve("temporary").resolve("sql"),
                SETTINGS);
    }

    private static Answer ask(SqlDesk desk, String sql) throws Exception {
        Answer answer = new Answer();
        desk.ask(new SqlQuestion(sql, Long.MIN_VALUE, Long.MAX_VALUE, 1_000), answer);
        return answer;
    }

    private static List<AuditEvent> events(int count) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(AuditEvent.builder()
                    .kind(Kind.REQUEST)
                    .outcome(i % 4 == 0 ? Outcome.DENIED : Outcome.ALLOWED)
                    .number(Field.TIME, 1_000_000_000L * i)
                    .text(Field.HTTP_PATH, "/it's/" + i)
                    .texts(Field.USER_GROUPS, List.of("a", "b"))
                    .build());
        }
        return events;
    }

    @Test
    void eachEventIsOneRowHotOrSealedOrBoth() throws Exception {
        try (Workbench bench = new Workbench(folder, 256);
                SqlDesk desk = desk(bench)) {
            assertThat(ask(desk, COUNT).rows).isEmpty();
            bench.append(events(1_000));
            bench.settle();
            List<String> all = List.of("[\"security\",250,250,249]", "[\"traffic\",750,750,749]");
            assertThat(ask(desk, COUNT).rows).isEqualTo(all);
            bench.seal();
            Answer sealed = ask(desk, COUNT);
            assertThat(sealed.rows).isEqualTo(all);
            assertThat(sealed.coverage.orElseThrow().complete()).isTrue();
            assertThat(sealed.coverage.orElseThrow().asOf()).containsAllEntriesOf(Map.of("security", 250L));
            bench.append(events(40));
            bench.settle();
            bench.append(events(40));
            bench.settle();
            assertThat(ask(desk, COUNT).rows)
                    .containsExactly("[\"security\",270,270,269]", "[\"traffic\",810,810,809]");
            assertThat(ask(
                                    desk,
                                    "SELECT http_path, time, time_ns, user_groups FROM events WHERE ledger = 'traffic'"
                                            + " AND leafIndex = 809")
                            .rows)
                    .containsExactly(
                            "[\"/it's/39\",\"1970-01-01T00:00:39.000000Z\",39000000000,\"[\\\"a\\\",\\\"b\\\"]\"]");
            Answer range = new Answer();
            desk.ask(
                    new SqlQuestion("SELECT min(time_ns), max(time_ns) FROM events", 5_000_000_000L, 9_000_000_000L, 9),
                    range);
            assertThat(range.rows).containsExactly("[5000000000,8000000000]");
            assertThat(children).as("one process serves all").hasSize(1);
            assertThat(bench.host.disk().list(folder.resolve("temporary").resolve("sql")))
                    .as("what is sealed needs no copy")
                    .hasSizeLessThan(8);
        }
    }

    @Test
    void aProcessThatDiesCostsOneAnswer() throws Exception {
        try (Workbench bench = new Workbench(folder, 256);
                SqlDesk desk = desk(bench)) {
            bench.append(events(100));
            bench.settle();
            Answer dying = new Answer() {
                @Override
                public void row(Json row) {
                    children.getLast().kill();
                }
            };
            assertThatThrownBy(() -> desk.ask(
                            new SqlQuestion(
                                    "SELECT a.http_path FROM events a, range(1000000000)",
                                    Long.MIN_VALUE,
                                    Long.MAX_VALUE,
                                    SqlQuestion.MAX_ROWS),
                            dying))
                    .isInstanceOf(SqlFailedException.class)
                    .hasMessageContaining("ended");
            assertThat(dying.coverage).as("no end is claimed").isEmpty();
            assertThat(ask(desk, "SELECT count(*) FROM events WHERE ledger <> 'root'").rows)
                    .containsExactly("[100]");
            // The one that waits dies too: nobody notices.
            children.getLast().kill();
            assertThat(ask(desk, "SELECT 1").rows).containsExactly("[1]");
            assertThat(children).hasSize(3);
            assertThatThrownBy(() -> ask(desk, "SELECT nothing FROM events"))
                    .isInstanceOf(SqlRefusedException.class)
                    .hasMessageContaining("nothing");
            assertThat(ask(desk, "SELECT 2").rows).containsExactly("[2]");
            assertThat(children).as("a refusal breaks nothing").hasSize(3);
        }
    }

    @Test
    void aStatementThatTakesTooLongIsEndedWithItsProcess() throws Exception {
        try (Workbench bench = new Workbench(folder, 256)) {
            Silent silent = new Silent();
            try (SqlDesk desk = new SqlDesk(
                    bench.host,
                    bench.index,
                    bench.engine(),
                    () -> silent,
                    folder.resolve("temporary").resolve("sql"),
                    new SqlSettings(128L << 20, 1, 1, Duration.ofMillis(1)))) {
                assertThatThrownBy(() -> ask(desk, "SELECT 1"))
                        .isInstanceOf(SqlFailedException.class)
                        .hasMessage("time-out: the statement was ended after 1 ms");
                assertThat(silent.killed).isTrue();
            }
        }
    }

    /// A process that never says anything.
    private static final class Silent implements SqlChild {
        private final PipedInputStream in = new PipedInputStream();
        private final PipedOutputStream out = new PipedOutputStream();
        private volatile boolean killed;

        private Silent() throws IOException {
            out.connect(in);
        }

        @Override
        public OutputStream requests() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream answers() {
            return in;
        }

        @Override
        public void kill() {
            killed = true;
            try {
                out.close();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static class Answer implements SqlSink {
        final List<String> rows = new ArrayList<>();
        Optional<Coverage> coverage = Optional.empty();

        @Override
        public void columns(List<Sandbox.Column> columns) {
            assertThat(columns).isNotEmpty();
        }

        @Override
        public void row(Json row) {
            rows.add(row.compact());
        }

        @Override
        public void end(Coverage covered) {
            coverage = Optional.of(covered);
        }
    }
}
