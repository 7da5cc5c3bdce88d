package io.meshtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Placement;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.fsck.Finding;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A seal, a crash, and the next start.
class InterruptedSealsTest {
    @TempDir
    private Path folder;

    /// The process dies when `root` has the seal and the manifest has not: what the disk then holds.
    private void sealAndDieBeforeTheManifest() throws Exception {
        Path journal = folder.resolve("data/journal/traffic");
        Path kept = folder.resolve("kept");
        try (Workbench bench = new Workbench(folder, 512)) {
            bench.append(SampleEvents.requests(1, 0, 600));
            bench.settle();
            copy(journal, kept);
            bench.seal();
        }
        Files.delete(folder.resolve("data/manifest"));
        delete(journal);
        copy(kept, journal);
    }

    @Test
    void aSegmentThatRootHasOnRecordIsTakenOverAndNotSealedAgain() throws Exception {
        sealAndDieBeforeTheManifest();
        Path data = folder.resolve("data");
        ManifestFile manifest = ManifestFile.open(new SystemDisk(), new SegmentFiles(data));
        assertThat(manifest.current().segments()).isEmpty();
        InterruptedSeals.takeOver(new SystemDisk(), data, manifest);
        assertThat(manifest.current().of("traffic")).extracting(Segment::to).containsExactly(512L);
        try (Workbench bench = new Workbench(folder, 512)) {
            bench.seal();
            assertThat(bench.ledgers.named("traffic").orElseThrow().sealedSize())
                    .isEqualTo(512);
            assertThat(seals(bench)).isEqualTo(1);
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
    }

    @Test
    void aSegmentThatIsNotWholeIsSealedAgain() throws Exception {
        sealAndDieBeforeTheManifest();
        Path data = folder.resolve("data");
        Path file = data.resolve("segments/traffic/000000000000-000000000512.parquet");
        Files.write(file, new byte[100]);
        ManifestFile manifest = ManifestFile.open(new SystemDisk(), new SegmentFiles(data));
        InterruptedSeals.takeOver(new SystemDisk(), data, manifest);
        assertThat(manifest.current().segments()).isEmpty();
        assertThat(file).doesNotExist();
        try (Workbench bench = new Workbench(folder, 512)) {
            bench.seal();
            assertThat(seals(bench)).isEqualTo(2);
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
    }

    @Test
    void aRepetitionOfWhatIsSealedIsRecognisedAlsoAfterARestart() throws Exception {
        List<AuditEvent> events = new ArrayList<>();
        for (AuditEvent event : SampleEvents.requests(1, 0, 600)) {
            events.add(event.toBuilder()
                    .outcome(Outcome.ALLOWED)
                    .without(Field.SHADOW_ACTION)
                    .without(Field.AUDIT_MARKED)
                    .build());
        }
        try (Workbench bench = new Workbench(folder, 512)) {
            for (int i = 0; i < events.size(); i++) {
                assertThat(bench.append(events.get(i), "record " + i).duplicate())
                        .isFalse();
            }
            bench.seal();
            assertThat(bench.ledgers.named("traffic").orElseThrow().sealedSize())
                    .isEqualTo(512);
        }
        try (Workbench bench = new Workbench(folder, 512)) {
            for (int i : List.of(0, 255, 511, 512, 599)) {
                Placement again = bench.append(events.get(i), "record " + i);
                assertThat(again.duplicate()).as("record %d", i).isTrue();
                assertThat(again.address()).hasToString("traffic/" + i);
            }
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
        Path recent = folder.resolve("data/ledger/traffic/recent/00000000000000000512");
        byte[] bytes = Files.readAllBytes(recent);
        assertThat(bytes).hasSize(12 + 512 * 32);
        bytes[100] ^= 4;
        Files.write(recent, bytes);
        try (Workbench bench = new Workbench(folder, 512)) {
            assertThat(bench.append(events.get(0), "record 0").duplicate())
                    .as("what is damaged is not believed")
                    .isFalse();
            bench.stop();
            assertThat(bench.fsck().findings())
                    .extracting(Finding::file)
                    .containsExactly("ledger/traffic/recent/00000000000000000512");
        }
    }

    private static long seals(Workbench bench) throws Exception {
        LedgerReader root = bench.ledgers.named("root").orElseThrow();
        long seals = 0;
        for (long i = 0; i < root.size(); i++) {
            if (EventCodec.decode(root.entry(i))
                    .text(Field.ACTION)
                    .filter("seal"::equals)
                    .isPresent()) {
                seals++;
            }
        }
        return seals;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
