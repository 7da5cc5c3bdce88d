package io.meshtrail.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.engine.Batch;
import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.engine.TableEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEngineTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000000) r(i) WHERE hash(i) % 7 = 3";

    @TempDir
    private Path folder;

    private TableEngine engine;

    @BeforeEach
    void open() {
        engine = DuckDbEngine.open(
                EngineSettings.of(256L << 20, 2, folder.resolve("it's temporary"), folder.resolve("segments")));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private long number(String sql, Object... parameters) {
        return engine.query(sql, List.of(parameters), LIMIT, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    @Test
    void parametersAreBoundAndNeverText() {
        assertThat(number("SELECT length(?) + ?", "'); DROP TABLE x; --", 1L)).isEqualTo(21);
    }

    @Test
    void aBatchGoesInWholeWithItsNulls() {
        engine.execute("CREATE TABLE t (n BIGINT, s VARCHAR, seen TIMESTAMP WITH TIME ZONE)");
        int rows = 5_000;
        long[] numbers = new long[rows];
        boolean[] present = new boolean[rows];
        byte[][] texts = new byte[rows][];
        for (int i = 0; i < rows; i++) {
            numbers[i] = i;
            present[i] = i % 3 != 0;
            texts[i] = ("text " + i + " that is not inlined \0").getBytes(StandardCharsets.UTF_8);
        }
        engine.insert(
                "t",
                new Batch(
                        rows,
                        List.of(
                                new Batch.Numbers(numbers, present),
                                new Batch.Texts(texts),
                                new Batch.Times(numbers, present))));
        assertThat(number("SELECT count(*) FROM t")).isEqualTo(5_000);
        assertThat(number("SELECT count(n) FROM t")).isEqualTo(3_333);
        assertThat(number("SELECT count(*) FROM t WHERE epoch_us(seen) = n")).isEqualTo(3_333);
        assertThat(number("SELECT count(*) FROM t WHERE s = 'text ' || n || ' that is not inlined ' || chr(0)"))
                .isEqualTo(3_333);
    }

    @Test
    void invalidUtf8FailsTheWholeBatchAndLeavesNothing() {
        engine.execute("CREATE TABLE t (s VARCHAR)");
        byte[][] texts = {"good".getBytes(StandardCharsets.UTF_8), {(byte) 0xFF}};
        assertThatThrownBy(() -> engine.insert("t", new Batch(2, List.of(new Batch.Texts(texts)))))
                .isInstanceOf(EngineException.class);
        assertThat(number("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void aBatchCannotBeNamedFromOutside() {
        assertThatThrownBy(() -> number("SELECT count(*) FROM meshtrail_batch(1)"))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void chunksComeInOrderUntilTheReaderHasEnough() {
        long[] next = {0};
        engine.read("SELECT range AS n FROM range(100000)", chunk -> {
            for (int row = 0; row < chunk.rows(); row++) {
                assertThat(chunk.numbers(0).at(row)).isEqualTo(next[0]++);
            }
            return next[0] < 10_000;
        });
        assertThat(next[0]).isBetween(10_000L, 13_000L);
    }

    @Test
    void aQuestionEndsAtItsLimitAndTheEngineGoesOn() {
        assertThatThrownBy(() -> engine.query(ENDLESS, List.of(), Duration.ofMillis(100), rows -> {
                    rows.next();
                    return rows.getLong(1);
                }))
                .isInstanceOf(EngineTimeoutException.class)
                .hasMessageContaining("100 ms");
        assertThat(number("SELECT 42")).isEqualTo(42);
    }

    @Test
    void aQuestionBehindTooManyOthersEndsAtItsLimitToo() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        List<Thread> others = List.of(new Thread(() -> hold(inside, leave)), new Thread(() -> hold(inside, leave)));
        others.forEach(Thread::start);
        inside.await();
        assertThatThrownBy(() -> engine.query("SELECT 1", List.of(), Duration.ofMillis(20), rows -> rows))
                .isInstanceOf(EngineTimeoutException.class)
                .hasMessageContaining("busy");
        leave.countDown();
        for (Thread other : others) {
            other.join();
        }
        assertThat(number("SELECT 1")).isEqualTo(1);
    }

    private void hold(CountDownLatch inside, CountDownLatch leave) {
        engine.query("SELECT 1", List.of(), LIMIT, rows -> {
            inside.countDown();
            try {
                return leave.await(1, java.util.concurrent.TimeUnit.MINUTES);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    @Test
    void nothingOutsideTheFoldersCanBeReadWrittenOrSet() {
        for (String sql : List.of(
                "COPY (SELECT 1) TO '" + folder.resolve("outside.csv") + "'",
                "CREATE TABLE x AS SELECT * FROM read_text('/etc/passwd')",
                "ATTACH '" + folder.resolve("other.db") + "'",
                "SET memory_limit='10GB'",
                "SET enable_external_access=true",
                "INSTALL httpfs",
                "LOAD httpfs")) {
            assertThatThrownBy(() -> engine.execute(sql)).as(sql).isInstanceOf(EngineException.class);
        }
    }

    @Test
    void aRefusalIsInTheEnginesOwnWords() {
        assertThatThrownBy(() -> number("SELECT nothing FROM nowhere"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> engine.execute("COPY (SELECT 1) TO '/outside.csv'"))
                .hasMessageStartingWith("Permission Error");
    }

    @Test
    void theDayOfATimeIsThatOfUtcOnEveryConnection() {
        assertThat(number("SELECT day(TIMESTAMPTZ '2026-11-24 23:30:00+00')")).isEqualTo(24);
        assertThat(number("SELECT hour(make_timestamptz(0))")).isZero();
    }
}
