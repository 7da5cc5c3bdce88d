package io.meshtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Sealer;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentCheck;
import io.meshtrail.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The steps of a merge are in the order in which a crash between any two of them loses nothing.
class MergeCrashTest {
    private static final int PARTS = 3;
    private static final int ROWS = PARTS * 256;
    private static final HotSettings HOT = new HotSettings(16L << 20, 256, Duration.ofMillis(50), 1_024);
    private static final SealSettings SEALS = new SealSettings(256, Duration.ofMinutes(10));

    @TempDir
    private Path folder;

    /// Each change of the disk during a merge, up to the deletion of the old files, fails once without and once with
    /// effect, and the process is gone. The next start goes on from there: one segment in the end, on record, with
    /// every entry once, and nothing left lying about.
    @Test
    void aCrashAtAnyStepOfAMergeLosesNothing() throws Exception {
        int steps = 0;
        boolean failed = true;
        while (failed) {
            for (boolean afterwards : new boolean[] {false, true}) {
                failed = crashAt(Files.createDirectory(folder.resolve(steps + "-" + afterwards)), steps, afterwards);
            }
            steps++;
        }
        assertThat(steps).as("steps of a merge").isGreaterThan(PARTS + 2);
    }

    /// @return whether the disk failed at all
    private static boolean crashAt(Path data, int step, boolean afterwards) throws Exception {
        Tree tree = new Tree("control");
        List<AuditEvent> events = SampleEvents.requests(9, 0, ROWS);
        Disk sound = new SystemDisk();
        try (Shelf shelf = Shelf.open(data, sound, HOT, SEALS, List.of(tree))) {
            for (int part = 0; part < PARTS; part++) {
                shelf.add(tree, events.subList(part * 256, part * 256 + 256));
                assertThat(shelf.seals.advance()).isTrue();
            }
        }
        FaultyDisk disk = new FaultyDisk(sound, step, afterwards).disarmed();
        boolean failed = false;
        try (Shelf shelf = Shelf.restart(data, disk, HOT, SEALS, List.of(tree))) {
            disk.arm();
            merge(shelf, disk, tree);
        } catch (IOException crash) {
            failed = true;
        }
        try (Shelf shelf = Shelf.restart(data, sound, HOT, SEALS, List.of(tree))) {
            checkWhole(shelf, tree, events, sound);
            merge(shelf, sound, tree);
            checkWhole(shelf, tree, events, sound);
            assertThat(shelf.manifest.current().of("control"))
                    .singleElement()
                    .satisfies(whole -> assertThat(tree.recordedMerges()).contains(whole));
            try (Stream<Path> files = Files.list(shelf.files.folder("control"))) {
                assertThat(files).hasSize(1);
            }
        } catch (AssertionError | IOException wrong) {
            throw new AssertionError("after a crash at " + disk.changes() + ", effect: " + afterwards, wrong);
        }
        return failed;
    }

    private static void merge(Shelf shelf, Disk disk, Tree tree) throws IOException, InterruptedException {
        Retired retired = new Retired(disk, shelf.files, shelf.index);
        MergeStation merges = new MergeStation(
                () -> List.of(tree),
                new Sealer(shelf.engine, disk, shelf.files),
                shelf.manifest,
                retired,
                (whole, parts) -> tree.recordMerge(whole),
                new MergeSettings(ROWS, Duration.ZERO),
                () -> shelf.clock);
        while (merges.advance(segment -> true)) {
            shelf.insertAll();
        }
        retired.sweep();
    }

    private static void checkWhole(Shelf shelf, Tree tree, List<AuditEvent> events, Disk disk) throws IOException {
        try (Snapshot snapshot = shelf.index.snapshot()) {
            assertThat(snapshot.missing()).isEmpty();
            assertThat(Shelf.countAndSum(snapshot, "control")).containsExactly(ROWS, (ROWS - 1L) * ROWS / 2);
        }
        List<byte[]> entries = new ArrayList<>();
        SegmentReader reader = new SegmentReader(shelf.engine, shelf.files);
        for (Segment segment : shelf.manifest.current().of("control")) {
            new SegmentCheck(shelf.engine, disk, shelf.files).check(segment);
            List<Segment> recorded = new ArrayList<>(tree.recorded());
            recorded.addAll(tree.recordedMerges());
            assertThat(recorded).contains(segment);
            reader.read(
                    segment,
                    segment.from(),
                    segment.to(),
                    (leafIndex, bytes, offset, length) ->
                            entries.add(Arrays.copyOfRange(bytes, offset, offset + length)));
        }
        assertThat(entries)
                .containsExactlyElementsOf(events.stream()
                        .map(event -> EventCodec.encode(event).bytes())
                        .toList());
    }
}
