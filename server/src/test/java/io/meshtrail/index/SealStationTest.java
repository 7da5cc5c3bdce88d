package io.meshtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentCheck;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealStationTest {
    private static final HotSettings HOT = new HotSettings(16L << 20, 256, Duration.ofMillis(50), 1_024);

    @TempDir
    private Path data;

    private static SealSettings every(long events) {
        return new SealSettings(events, Duration.ofMinutes(10));
    }

    @Test
    void theLargestAlignedRunIsSealedWhenThereAreEnoughEvents() throws Exception {
        Tree tree = new Tree("traffic");
        try (Shelf shelf = Shelf.open(data, new SystemDisk(), HOT, every(1_000), List.of(tree))) {
            shelf.add(tree, SampleEvents.requests(1, 0, 999));
            assertThat(shelf.seals.advance()).isFalse();
            shelf.add(tree, SampleEvents.requests(1, 999, 1));
            assertThat(shelf.seals.advance()).isTrue();
            assertThat(tree.sealedSize()).isEqualTo(768);
            assertThat(shelf.seals.advance()).isFalse();
        }
    }

    @Test
    void anOldRunIsSealedIfItIsNotTiny() throws Exception {
        Tree tree = new Tree("traffic");
        try (Shelf shelf = Shelf.open(data, new SystemDisk(), HOT, every(100_000), List.of(tree))) {
            shelf.add(tree, SampleEvents.requests(1, 0, 4_095));
            shelf.wall += Duration.ofMinutes(11).toNanos();
            assertThat(shelf.seals.advance()).isFalse();
            shelf.add(tree, SampleEvents.requests(1, 4_095, 1));
            shelf.wall -= Duration.ofMinutes(2).toNanos();
            assertThat(shelf.seals.advance()).isFalse();
            shelf.wall += Duration.ofMinutes(2).toNanos();
            assertThat(shelf.seals.advance()).isTrue();
            assertThat(tree.sealedSize()).isEqualTo(4_096);
        }
    }

    @Test
    void manyGatheredEventsBecomeSeveralSegments() throws Exception {
        Tree tree = new Tree("traffic");
        try (Shelf shelf = Shelf.open(data, new SystemDisk(), HOT, every(512), List.of(tree))) {
            shelf.add(tree, SampleEvents.requests(1, 0, 3_000));
            while (shelf.seals.advance()) {
                shelf.insertAll();
            }
            assertThat(shelf.manifest.current().of("traffic").stream().map(Segment::size))
                    .containsExactly(1_024L, 1_024L, 768L);
        }
    }

    /// Each change of the disk during a seal fails once without and once with effect, and the process is
    /// gone. The next start must go on: every entry once, every segment sound, nothing left lying about.
    @Test
    void aCrashAtAnyStepOfASealLosesNothing() throws Exception {
        int steps = 0;
        boolean failed = true;
        while (failed) {
            for (boolean afterwards : new boolean[] {false, true}) {
                Path folder = Files.createDirectory(data.resolve("crash-" + steps + "-" + afterwards));
                failed = crashAt(folder, steps, afterwards);
            }
            steps++;
        }
        assertThat(steps).as("steps of a seal").isGreaterThan(4);
    }

    /// @return whether the disk failed at all
    private static boolean crashAt(Path folder, int step, boolean afterwards) throws Exception {
        Tree tree = new Tree("control");
        List<AuditEvent> events = SampleEvents.requests(9, 0, 1_300);
        FaultyDisk disk = new FaultyDisk(new SystemDisk(), step, afterwards);
        boolean failed = false;
        try (Shelf shelf = Shelf.open(folder, disk, HOT, every(1_024), List.of(tree))) {
            shelf.add(tree, events);
            shelf.seals.advance();
        } catch (IOException crash) {
            failed = true;
        }
        Disk sound = new SystemDisk();
        try (Shelf shelf = Shelf.restart(folder, sound, HOT, every(1_024), List.of(tree))) {
            shelf.seals.advance();
            shelf.insertAll();
            checkWhole(shelf, tree, events, folder, sound);
        } catch (AssertionError wrong) {
            throw new AssertionError("after a crash at " + disk.changes().getLast() + ", effect: " + afterwards, wrong);
        }
        return failed;
    }

    private static void checkWhole(Shelf shelf, Tree tree, List<AuditEvent> events, Path folder, Disk disk)
            throws IOException {
        Manifest manifest = shelf.manifest.current();
        assertThat(tree.sealedSize()).isEqualTo(1_280);
        assertThat(manifest.sealedSize("control")).isEqualTo(1_280);
        try (Snapshot snapshot = shelf.index.snapshot()) {
            assertThat(Shelf.countAndSum(snapshot, "control")).containsExactly(1_300, 1_299L * 1_300 / 2);
            assertThat(snapshot.missing()).isEmpty();
        }
        SegmentReader reader = new SegmentReader(shelf.engine, shelf.files);
        for (Segment segment : manifest.of("control")) {
            new SegmentCheck(shelf.engine, disk, shelf.files).check(segment);
            assertThat(tree.recorded()).contains(segment);
            reader.read(
                    segment,
                    segment.from(),
                    segment.to(),
                    (leafIndex, bytes, offset, length) -> assertThat(
                                    java.util.Arrays.copyOfRange(bytes, offset, offset + length))
                            .isEqualTo(EventCodec.encode(events.get((int) leafIndex))
                                    .bytes()));
        }
        try (Stream<Path> files = Files.list(folder.resolve("segments").resolve("control"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(manifest.of("control").stream()
                            .flatMap(segment ->
                                    Stream.of(segment.file(), SegmentFiles.sidecarName(segment.from(), segment.to())))
                            .toList());
        }
    }
}
