package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.host.Disk;
import io.meshtrail.index.HotIndex;
import io.meshtrail.index.HotSettings;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.proof.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What the stations need of an engine, whichever it is: rows go into tables and come out again in order, a
/// relation becomes a file that proves itself, and a snapshot has each row once while a seal moves it.
public abstract class TableEngineContract {
    protected abstract TableEngine engine();

    protected abstract Disk disk();

    /// A data folder whose `segments` the engine may use.
    protected abstract Path data();

    private static List<AuditEvent> events() {
        List<AuditEvent> events = new ArrayList<>(SampleEvents.traps());
        events.addAll(SampleEvents.requests(5, events.size(), 1_024 - events.size()));
        return events;
    }

    private Segment seal(List<AuditEvent> events, Hash expected) throws Exception {
        SegmentFiles files = new SegmentFiles(data());
        engine().execute(SegmentSql.createTable("rows_1"));
        engine().insert("rows_1", EventBatch.of(256, events));
        return new Sealer(engine(), disk(), files).seal("traffic", 256, 256 + events.size(), "rows_1", expected);
    }

    @Test
    void whatIsSealedIsReadBackAsTheSameEntries() throws Exception {
        List<AuditEvent> events = events();
        Segment segment = seal(events, SampleEvents.root(events));
        SegmentFiles files = new SegmentFiles(data());
        SegmentReader reader = new SegmentReader(engine(), files);
        List<byte[]> entries = new ArrayList<>();
        reader.read(segment, segment.from(), segment.to(), (leafIndex, bytes, offset, length) -> {
            assertThat(leafIndex).isEqualTo(256 + entries.size());
            entries.add(Arrays.copyOfRange(bytes, offset, offset + length));
        });
        assertThat(entries).hasSameSizeAs(events);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i))
                    .isEqualTo(EventCodec.encode(events.get(i)).bytes());
        }
        assertThat(reader.entry(segment, 700)).isEqualTo(entries.get(700 - 256));
        new SegmentCheck(engine(), disk(), files).check(segment);
    }

    @Test
    void rowsOfAnotherRootAreNotSealed() throws Exception {
        List<AuditEvent> events = events();
        assertThatThrownBy(() -> seal(events, SampleEvents.root(events.subList(1, events.size()))))
                .isInstanceOf(SealMismatchException.class);
        assertThat(disk().list(new SegmentFiles(data()).folder("traffic")))
                .extracting(file -> file.getFileName().toString())
                .allMatch(name -> name.endsWith(SegmentFiles.TEMPORARY));
    }

    @Test
    void aSnapshotHasEachRowOnceWhileASealMovesIt() throws Exception {
        List<AuditEvent> events = events();
        SegmentFiles files = new SegmentFiles(data());
        ManifestFile manifest = ManifestFile.open(disk(), files);
        AtomicLong clock = new AtomicLong();
        HotIndex index =
                new HotIndex(engine(), manifest, new HotSettings(1 << 20, 100, Duration.ofMillis(50), 300), clock::get);
        index.integrated("traffic", 0, events);
        insert(index, clock);
        Segment segment;
        try (Snapshot before = index.snapshot()) {
            RowSource first = before.sources().getFirst();
            assertThat(first.from()).isZero();
            engine().execute(SegmentSql.createTable("run"));
            for (RowSource source : before.sources()) {
                if (source.from() < 512) {
                    engine().execute("INSERT INTO run SELECT * FROM " + source.relation() + " WHERE \"leafIndex\" >= 0"
                            + " AND \"leafIndex\" < 512");
                }
            }
            segment = new Sealer(engine(), disk(), files)
                    .seal("traffic", 0, 512, "run", SampleEvents.root(events.subList(0, 512)));
            manifest.add(segment);
            insert(index, clock);
            same(before, events);
        }
        try (Snapshot after = index.snapshot()) {
            assertThat(after.sources().getFirst().to()).isEqualTo(512);
            same(after, events);
        }
    }

    private static void insert(HotIndex index, AtomicLong clock) {
        clock.addAndGet(1_000_000_000L);
        while (index.advance()) {
            clock.addAndGet(1_000_000_000L);
        }
    }

    private void same(Snapshot snapshot, List<AuditEvent> events) {
        List<byte[]> rows = new ArrayList<>();
        for (RowSource source : snapshot.sources()) {
            assertThat(source.from()).isEqualTo(rows.size());
            rows.addAll(Rows.of(engine(), source.relation(), source.from(), source.to()));
        }
        assertThat(rows).hasSameSizeAs(events);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo(EventCodec.encode(events.get(i)).bytes());
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> engine().execute("DROP TABLE nowhere")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> engine().execute("CREATE NONSENSE")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> engine().insert("nowhere", EventBatch.of(0, events())))
                .isInstanceOf(EngineException.class);
        Path missing = new SegmentFiles(data()).folder().resolve("missing.parquet");
        assertThatThrownBy(() -> engine().read(SegmentSql.rows(missing), chunk -> true))
                .isInstanceOf(EngineException.class);
    }
}
