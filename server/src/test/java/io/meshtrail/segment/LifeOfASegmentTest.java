package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events become rows, rows become a file, and the file gives back the same entries.
class LifeOfASegmentTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path data;

    private static List<AuditEvent> hardAndOrdinary(int count) {
        List<AuditEvent> events = new ArrayList<>(SampleEvents.traps());
        events.addAll(SampleEvents.requests(7, events.size(), count - events.size()));
        return events;
    }

    @Test
    void everyTrapSurvivesTheSealByteForByte() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = hardAndOrdinary(512);
            Segment segment = store.seal("security", 256, events);

            List<byte[]> read = new ArrayList<>();
            new SegmentReader(store.engine, store.files).read(segment, 256, 768, (leafIndex, bytes, offset, length) -> {
                assertThat(leafIndex).isEqualTo(256 + read.size());
                read.add(Arrays.copyOfRange(bytes, offset, offset + length));
            });
            assertThat(read).hasSize(512);
            for (int i = 0; i < 512; i++) {
                assertThat(read.get(i))
                        .isEqualTo(EventCodec.encode(events.get(i)).bytes());
            }
        }
    }

    @Test
    void aRowOfAnSqlResultGivesBackItsEvent() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = hardAndOrdinary(256);
            String hot = store.table(0, events);
            Segment segment = store.seal("security", 0, events);
            for (String relation : List.of(hot, SegmentSql.relation(store.files.of(segment)))) {
                List<AuditEvent> read = store.engine.query(
                        "SELECT * FROM " + relation + " ORDER BY \"leafIndex\"", List.of(), LIMIT, rows -> {
                            List<AuditEvent> found = new ArrayList<>();
                            RowCodec codec = RowCodec.over(rows);
                            while (rows.next()) {
                                assertThat(codec.leafIndex()).isEqualTo(found.size());
                                found.add(codec.event());
                            }
                            return found;
                        });
                assertThat(read).isEqualTo(events);
            }
        }
    }

    @Test
    void theSegmentSaysWhatItsFileHolds() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = SampleEvents.requests(3, 0, 5_120);
            Segment segment = store.seal("traffic", 0, events);
            assertThat(segment.file()).isEqualTo("000000000000-000000005120.parquet");
            assertThat(segment.bytes()).isEqualTo(Files.size(store.files.of(segment)));
            assertThat(segment.root()).isEqualTo(SampleEvents.root(events));
            long first = events.stream()
                    .mapToLong(
                            event -> event.number(io.meshtrail.event.Field.TIME).orElseThrow())
                    .min()
                    .orElseThrow();
            assertThat(segment.firstTime()).isEqualTo(first);
            assertThat(segment.lastTime()).isGreaterThan(first);
            List<String> metadata = store.engine.query(
                    "SELECT decode(key) || '=' || decode(value) FROM parquet_kv_metadata('" + store.files.of(segment)
                            + "')",
                    List.of(),
                    LIMIT,
                    rows -> {
                        List<String> found = new ArrayList<>();
                        while (rows.next()) {
                            found.add(String.valueOf(rows.getString(1)));
                        }
                        return found;
                    });
            assertThat(metadata)
                    .contains(
                            "meshtrail.ledger=traffic",
                            "meshtrail.from=0",
                            "meshtrail.to=5120",
                            "meshtrail.schema=1",
                            "meshtrail.root=" + segment.root().base64());
            new SegmentCheck(store.engine, store.disk, store.files).check(segment);
        }
    }

    @Test
    void aSegmentOfSeveralRowGroupsIsInOrderAndReadInSlices() throws IOException {
        try (Store store = new Store(data)) {
            int count = SegmentSql.ROW_GROUP + 30 * 256;
            String table = store.table(0, SampleEvents.requests(5, 0, 2_048));
            for (int at = 2_048; at < count; at += 2_048) {
                store.engine.insert(
                        table, EventBatch.of(at, SampleEvents.requests(5, at, Math.min(2_048, count - at))));
            }
            Hash root = SampleEvents.root(SampleEvents.requests(5, 0, count));
            Segment segment = new Sealer(store.engine, store.disk, store.files).seal("t", 0, count, table, root);
            SegmentReader reader = new SegmentReader(store.engine, store.files);
            for (long place :
                    new long[] {0, 15_359, 15_360, SegmentSql.ROW_GROUP - 1, SegmentSql.ROW_GROUP, count - 1}) {
                assertThat(reader.entry(segment, place))
                        .isEqualTo(EventCodec.encode(SampleEvents.request(5, place))
                                .bytes());
            }
            long[] seen = {15_000};
            reader.read(
                    segment,
                    15_000,
                    31_000,
                    (leafIndex, bytes, offset, length) -> assertThat(leafIndex).isEqualTo(seen[0]++));
            assertThat(seen[0]).isEqualTo(31_000);
        }
    }

    @Test
    void aSealWithAnotherRootIsRefusedByName() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = SampleEvents.requests(1, 0, 256);
            Hash wrong = Hash.leaf(new byte[] {1});
            assertThatThrownBy(() -> store.seal("control", 0, events, wrong))
                    .isInstanceOf(SealMismatchException.class)
                    .hasMessageContaining("control 0..256")
                    .hasMessageContaining(wrong.base64())
                    .hasMessageContaining(SampleEvents.root(events).base64());
            assertThat(store.files.folder("control").resolve(SegmentFiles.name(0, 256)))
                    .doesNotExist();
        }
    }

    @Test
    void rowsThatAreMissingOrOutOfOrderAreNoSegment() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = SampleEvents.requests(1, 0, 512);
            String table = store.table(0, events);
            Hash root = SampleEvents.root(events);
            Sealer sealer = new Sealer(store.engine, store.disk, store.files);
            for (String relation : List.of(
                    "(SELECT * FROM " + table + " WHERE \"leafIndex\" <> 300)",
                    "(SELECT * FROM " + table + " WHERE \"leafIndex\" < 511)",
                    "(SELECT * FROM " + table + " ORDER BY \"leafIndex\" DESC)",
                    "(SELECT * FROM " + table + " UNION ALL SELECT * FROM " + table + " WHERE \"leafIndex\" = 511)")) {
                assertThatThrownBy(() -> sealer.seal("control", 0, 512, relation, root))
                        .as(relation)
                        .isInstanceOf(SealMismatchException.class)
                        .hasMessageContaining("control 0..512");
            }
        }
    }
}
