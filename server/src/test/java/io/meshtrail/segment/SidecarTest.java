package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a sidecar says of rows, and who notices when it does not say all.
class SidecarTest {
    private static final int ROWS = 20 * 256;

    @TempDir
    private Path data;

    /// Ordinary requests, hard texts, users, and values of many rows.
    private static List<AuditEvent> events(long seed) {
        Random random = new Random(seed);
        List<AuditEvent> events = new ArrayList<>(SampleEvents.traps());
        while (events.size() < ROWS) {
            AuditEvent.Builder event = AuditEvent.builder().number(Field.RECEIVED, SampleEvents.BASE + events.size());
            for (Field field : Needle.FIELDS) {
                switch (random.nextInt(4)) {
                    case 0 -> event.text(field, "common-" + random.nextInt(3));
                    case 1 -> event.text(field, "rare \"\\\n\u0001é😀" + random.nextInt(2 * ROWS));
                    case 2 -> event.text(field, Long.toHexString(random.nextLong()));
                    default -> {
                        // absent
                    }
                }
            }
            events.add(event.build());
        }
        return events;
    }

    private static Optional<List<RowRange>> rows(Store store, Segment segment, Field field, String value)
            throws IOException {
        return sidecars(store).rows(segment, new NeedleQuery.OneOf(List.of(Needle.of(field, value))));
    }

    private static Sidecars sidecars(Store store) {
        return new Sidecars(store.engine, store.disk, store.files);
    }

    private static boolean holds(List<RowRange> ranges, long row) {
        return ranges.stream().anyMatch(range -> range.from() <= row && row < range.to());
    }

    private static Optional<String> checked(Store store, Segment segment, List<AuditEvent> events) throws IOException {
        SidecarCheck check = new SidecarCheck(segment);
        for (int i = 0; i < events.size(); i++) {
            byte[] entry = EventCodec.encode(events.get(i)).bytes();
            byte[] shifted = new byte[entry.length + 7];
            System.arraycopy(entry, 0, shifted, 7, entry.length);
            check.entry(segment.from() + i, shifted, 7, entry.length);
        }
        return check.wrong(store.disk, store.files);
    }

    @Test
    void noValueOfAnyRowIsHidden() throws IOException {
        long seed = new Random().nextLong();
        try (Store store = new Store(data)) {
            List<AuditEvent> events = events(seed);
            Segment segment = store.seal("t", 512, events);
            for (int i = 0; i < events.size(); i++) {
                for (Field field : Needle.FIELDS) {
                    Optional<String> value = events.get(i).text(field);
                    if (value.isPresent()) {
                        assertThat(holds(
                                        rows(store, segment, field, value.get()).orElseThrow(), 512 + i))
                                .as("seed %s, row %s, %s = %s", seed, i, field, value.get())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void aValueOfOneRowIsFoundInItsBlockAloneAndAnUnknownOneNowhere() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = SampleEvents.requests(3, 0, ROWS);
            Segment segment = store.seal("t", 0, events);
            String request = events.get(700).text(Field.REQUEST_ID).orElseThrow();
            assertThat(rows(store, segment, Field.REQUEST_ID, request)).contains(List.of(new RowRange(512, 768)));
            assertThat(rows(store, segment, Field.TRACE_ID, request)).contains(List.of());
            assertThat(rows(store, segment, Field.REQUEST_ID, "no such id")).contains(List.of());
            String everywhere =
                    events.getFirst().text(Field.DESTINATION_IDENTITY).orElseThrow();
            assertThat(rows(store, segment, Field.DESTINATION_IDENTITY, everywhere))
                    .contains(List.of(new RowRange(0, ROWS)));
        }
    }

    @Test
    void questionsAreJoinedByAndAndOr() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = SampleEvents.requests(3, 0, ROWS);
            Segment segment = store.seal("t", 0, events);
            NeedleQuery early = new NeedleQuery.OneOf(List.of(Needle.of(
                    Field.REQUEST_ID, events.get(10).text(Field.REQUEST_ID).orElseThrow())));
            NeedleQuery late = new NeedleQuery.OneOf(List.of(Needle.of(
                    Field.TRACE_ID, events.get(4_000).text(Field.TRACE_ID).orElseThrow())));
            Sidecars sidecars = sidecars(store);
            assertThat(sidecars.rows(segment, new NeedleQuery.Any(List.of(early, late))))
                    .contains(List.of(new RowRange(0, 256), new RowRange(3_840, 4_096)));
            assertThat(sidecars.rows(segment, new NeedleQuery.All(List.of(early, late))))
                    .contains(List.of());
            assertThat(sidecars.rows(segment, new NeedleQuery.All(List.of(early, early))))
                    .contains(List.of(new RowRange(0, 256)));
        }
    }

    @Test
    void rowsGiveTheSameSidecarWhetherTheyAreColumnsOrEntries() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = events(11);
            Segment segment = store.seal("t", 256, events);
            byte[] sealed = Files.readAllBytes(store.files.sidecar(segment));
            assertThat(segment.sidecar()).contains(Sidecars.of(sealed));
            assertThat(checked(store, segment, events)).isEmpty();
            Files.delete(store.files.sidecar(segment));
            assertThat(sidecars(store).isSound(segment)).isFalse();
            assertThat(sidecars(store).rows(segment, new NeedleQuery.All(List.of())))
                    .isEmpty();
            assertThat(checked(store, segment, events))
                    .hasValueSatisfying(wrong -> assertThat(wrong).contains("missing"));
            assertThat(sidecars(store).rebuild(segment)).isEqualTo(Sidecars.of(sealed));
            assertThat(Files.readAllBytes(store.files.sidecar(segment))).isEqualTo(sealed);
            assertThat(sidecars(store).isSound(segment)).isTrue();
        }
    }

    /// Each byte of a small sidecar, changed alone.
    @Test
    void noByteCanChangeUnnoticed() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = events(5).subList(0, 256);
            Segment segment = store.seal("t", 0, events);
            byte[] right = Files.readAllBytes(store.files.sidecar(segment));
            for (int i = 0; i < right.length; i += 1 + i / 64) {
                byte[] wrong = right.clone();
                wrong[i] ^= 0x10;
                Files.write(store.files.sidecar(segment), wrong);
                assertThat(sidecars(store).isSound(segment)).as("byte %s", i).isFalse();
            }
            for (byte[] other : List.of(new byte[0], Arrays.copyOf(right, right.length - 1))) {
                Files.write(store.files.sidecar(segment), other);
                assertThat(sidecars(store).isSound(segment)).isFalse();
                assertThat(checked(store, segment, events)).isPresent();
            }
        }
    }

    /// A forger makes his sidecar whole again, and there is none on record.
    @Test
    void aSidecarThatHidesARowIsNamedWithTheRows() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = SampleEvents.requests(3, 0, ROWS);
            Segment sealed = store.seal("t", 0, events);
            Segment segment = withoutRecord(sealed);
            NeedleBuilder forger = new NeedleBuilder(0, ROWS);
            EntryNeedles entries = new EntryNeedles(forger);
            for (int i = 0; i < ROWS; i++) {
                if (i != 1_300) {
                    byte[] entry = EventCodec.encode(events.get(i)).bytes();
                    entries.collect(i, entry, 0, entry.length);
                }
            }
            Files.write(store.files.sidecar(segment), forger.build(segment.root()));
            assertThat(sidecars(store).isSound(segment)).as("it looks whole").isTrue();
            assertThat(sidecars(store).isSound(sealed))
                    .as("it is not the one on record")
                    .isFalse();
            assertThat(checked(store, segment, events))
                    .hasValueSatisfying(
                            wrong -> assertThat(wrong).contains("hides").contains("1280 to 1535"));
            NeedleBuilder inventor = new NeedleBuilder(0, ROWS);
            EntryNeedles more = new EntryNeedles(inventor);
            for (int i = 0; i < ROWS; i++) {
                byte[] entry = EventCodec.encode(events.get(i)).bytes();
                more.collect(i, entry, 0, entry.length);
            }
            inventor.add(9, Needle.seed(Field.USER_ID), new byte[] {'x'}, 0, 1);
            Files.write(store.files.sidecar(segment), inventor.build(segment.root()));
            assertThat(checked(store, segment, events))
                    .hasValueSatisfying(wrong -> assertThat(wrong).contains("no entry has"));
        }
    }

    @Test
    void theSidecarOfOtherRowsIsNotBelieved() throws IOException {
        try (Store store = new Store(data)) {
            List<AuditEvent> events = SampleEvents.requests(3, 0, 512);
            Segment segment = withoutRecord(store.seal("t", 0, events));
            Segment other = store.seal("u", 0, SampleEvents.requests(4, 0, 512));
            Files.write(store.files.sidecar(segment), Files.readAllBytes(store.files.sidecar(other)));
            assertThat(sidecars(store).isSound(segment)).isFalse();
            assertThat(rows(store, segment, Field.REQUEST_ID, "x")).isEmpty();
            assertThat(checked(store, segment, events))
                    .hasValueSatisfying(wrong -> assertThat(wrong).contains("other rows"));
        }
    }

    @Test
    void ofDamagedRowsNoSidecarIsMade() throws IOException {
        try (Store store = new Store(data)) {
            Segment segment = store.seal("t", 0, SampleEvents.requests(3, 0, 512));
            Segment other = store.seal("u", 0, SampleEvents.requests(4, 0, 512));
            Files.delete(store.files.sidecar(segment));
            Files.write(store.files.of(segment), Files.readAllBytes(store.files.of(other)));
            assertThatThrownBy(() -> sidecars(store).rebuild(segment))
                    .isInstanceOf(SegmentDamagedException.class)
                    .hasMessageContaining(segment.file());
            assertThat(store.files.sidecar(segment)).doesNotExist();
        }
    }

    @Test
    void aSegmentOfAnySizeHasAtMost255Blocks() {
        for (long rows : new long[] {256, 255 * 256, 256 * 256, 250_000 / 256 * 256, 1L << 30}) {
            long block = NeedleLayout.blockRows(512, 512 + rows);
            assertThat((rows + block - 1) / block).as("%s rows", rows).isLessThanOrEqualTo(255);
        }
    }

    @Test
    void aFileThatLeadsOutOfItselfIsRefused() throws IOException {
        try (Store store = new Store(data)) {
            Segment segment = withoutRecord(store.seal("t", 0, SampleEvents.requests(3, 0, 256)));
            byte[] file = Files.readAllBytes(store.files.sidecar(segment));
            for (int at = NeedleLayout.HEAD; at < NeedleLayout.HEAD + 4 * 257; at += 4) {
                ByteBuffer.wrap(file).putInt(at, Integer.MAX_VALUE - at);
            }
            Files.write(store.files.sidecar(segment), file);
            assertThatThrownBy(() -> rows(store, segment, Field.USER_ID, "x")).isInstanceOf(IOException.class);
        }
    }

    private static Segment withoutRecord(Segment segment) {
        return new Segment(
                segment.ledger(),
                segment.from(),
                segment.to(),
                segment.root(),
                segment.file(),
                segment.bytes(),
                segment.sha256(),
                segment.firstTime(),
                segment.lastTime());
    }
}
