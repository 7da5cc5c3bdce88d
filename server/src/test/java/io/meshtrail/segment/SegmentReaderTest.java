package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.engine.Batch;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.event.EventCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is decoded for those who ask at random and for those who walk.
class SegmentReaderTest {
    private static final int ENTRIES = 2 * SegmentReader.SLICE;

    @TempDir
    private Path data;

    private Store store;
    private Segment segment;
    private Counted engine;
    private SegmentReader reader;

    @BeforeEach
    void seal() throws IOException {
        store = new Store(data);
        segment = store.seal("traffic", 256, SampleEvents.requests(5, 256, ENTRIES));
        engine = new Counted(store.engine);
        reader = new SegmentReader(engine, store.files);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whoAsksAtRandomHasTheRowsOfOneTileDecoded() throws IOException {
        assertEntry(10_000);
        assertThat(engine.reads).containsExactly("9984..10240");
        assertEntry(9_984);
        assertEntry(10_239);
        assertThat(engine.reads).hasSize(1);
        assertEntry(256);
        assertEntry(segment.to() - 1);
        assertThat(engine.reads).containsExactly("9984..10240", "256..512", "30720..30976");
    }

    @Test
    void whoGoesOnWhereRowsEndedHasTheRestOfAnEighthDecoded() throws IOException {
        for (long at = segment.from(); at < segment.to(); at += 256) {
            walk(at, at + 256);
        }
        assertThat(engine.reads).containsExactly("256..512", "512..15616", "15616..30976");
    }

    @Test
    void entriesAreTheSameInWhateverOrderTheyAreAsked() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            long from = segment.from() + random.nextInt(ENTRIES);
            long to = Math.min(segment.to(), from + 1 + random.nextInt(600));
            assertThat(walk(from, to)).as("seed %d, %d..%d", seed, from, to).isEqualTo(to - from);
        }
    }

    private void assertEntry(long leafIndex) throws IOException {
        assertThat(reader.entry(segment, leafIndex))
                .isEqualTo(EventCodec.encode(SampleEvents.request(5, leafIndex)).bytes());
    }

    /// How many entries were shown, each the one that it must be.
    private long walk(long from, long to) throws IOException {
        long[] next = {from};
        reader.read(segment, from, to, (leafIndex, bytes, offset, length) -> {
            assertThat(leafIndex).isEqualTo(next[0]++);
            byte[] expected =
                    EventCodec.encode(SampleEvents.request(5, leafIndex)).bytes();
            assertThat(Arrays.equals(expected, 0, expected.length, bytes, offset, offset + length))
                    .isTrue();
        });
        return next[0] - from;
    }

    /// Remembers which rows were read.
    private static final class Counted implements TableEngine {
        final List<String> reads = new ArrayList<>();
        private final TableEngine engine;

        Counted(TableEngine engine) {
            this.engine = engine;
        }

        @Override
        public <T> T query(String sql, List<Object> parameters, Duration limit, RowReader<T> reader) {
            return engine.query(sql, parameters, limit, reader);
        }

        @Override
        public void execute(String sql) {
            engine.execute(sql);
        }

        @Override
        public void insert(String table, Batch rows) {
            engine.insert(table, rows);
        }

        @Override
        public void close() {
            engine.close();
        }

        @Override
        public void read(String sql, ChunkReader reader) {
            String[] bounds =
                    sql.replaceAll(".*>= (\\d+) AND .*< (\\d+)$", "$1 $2").split(" ");
            reads.add(bounds[0] + ".." + bounds[1]);
            engine.read(sql, reader);
        }
    }
}
