package io.meshtrail.ledger.fsck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.Workbench;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.ManifestText;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file of a data folder is flipped, deleted, cut and replaced, and the check names it.
class FsckTest {
    @TempDir
    private Path folder;

    /// 600 denials, 512 of them in two segments; a blob; all four ledgers; stopped in order.
    private Workbench stopped() throws Exception {
        Workbench bench = new Workbench(folder, 256);
        for (int i = 0; i < 600; i += 300) {
            List<AuditEvent> events = new ArrayList<>();
            for (AuditEvent event : SampleEvents.requests(1, i, 300)) {
                events.add(event.toBuilder().outcome(Outcome.DENIED).build());
            }
            bench.append(events);
            bench.seal();
        }
        bench.append(List.of(AuditEvent.builder()
                .kind(Kind.OBJECT_CHANGE)
                .outcome(Outcome.CHANGED)
                .text(Field.RAW, "\"" + "x".repeat(60_000) + "\"")
                .build()));
        bench.append(SampleEvents.requests(2, 1, 20));
        bench.stop();
        assertThat(bench.fsck().findings()).isEmpty();
        assertThat(bench.fsck().blobs()).isEqualTo(1);
        return bench;
    }

    /// The files that the check answers for, by name below the data folder.
    private static Map<String, Path> files(Path data) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(data.relativize(file).toString(), file));
        }
        return files;
    }

    @Test
    void aFlippedBitInAnyFileIsNamed() throws Exception {
        try (Workbench bench = stopped()) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (Map.Entry<String, Path> file : files(bench.data).entrySet()) {
                byte[] whole = Files.readAllBytes(file.getValue());
                for (int i = 0; i < 12; i++) {
                    byte[] flipped = whole.clone();
                    int bit = random.nextInt(whole.length * 8);
                    flipped[bit / 8] ^= (byte) (1 << bit % 8);
                    Files.write(file.getValue(), flipped);
                    assertThat(bench.fsck().findings())
                            .as("%s, bit %d, seed %d", file.getKey(), bit, seed)
                            .extracting(Finding::file)
                            .contains(file.getKey());
                }
                Files.write(file.getValue(), whole);
            }
            assertThat(bench.fsck().isSound()).isTrue();
        }
    }

    @Test
    void aDeletedFileIsNamed() throws Exception {
        try (Workbench bench = stopped()) {
            for (Map.Entry<String, Path> file : files(bench.data).entrySet()) {
                byte[] whole = Files.readAllBytes(file.getValue());
                Files.delete(file.getValue());
                String folderOfIt = file.getKey().contains("/")
                        ? file.getKey().substring(0, file.getKey().lastIndexOf('/'))
                        : file.getKey();
                FsckReport report = bench.fsck();
                assertThat(report.findings()).as("without %s", file.getKey()).isNotEmpty();
                assertThat(report.findings())
                        .as("without %s", file.getKey())
                        .anyMatch(finding -> finding.file().equals(file.getKey())
                                || finding.file().equals(folderOfIt)
                                || file.getKey().equals("manifest"));
                Files.write(file.getValue(), whole);
            }
        }
    }

    @Test
    void aLedgerThatIsGoneWithAllItsFilesIsMissed() throws Exception {
        try (Workbench bench = stopped()) {
            for (String part : List.of("ledger/traffic", "journal/traffic")) {
                try (Stream<Path> all = Files.walk(bench.data.resolve(part))) {
                    for (Path path :
                            all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            assertThat(bench.fsck().findings())
                    .extracting(Finding::ledger, Finding::file)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("traffic", "ledger/traffic"));
        }
    }

    @Test
    void anEditedManifestContradictsRootAlsoIfItsSumIsRight() throws Exception {
        try (Workbench bench = stopped()) {
            Path file = bench.data.resolve("manifest");
            byte[] whole = Files.readAllBytes(file);
            Manifest manifest = ManifestText.parse(whole);
            Segment last = manifest.of("security").getLast();
            Segment first = manifest.of("security").getFirst();
            Segment otherTime = new Segment(
                    last.ledger(),
                    last.from(),
                    last.to(),
                    last.root(),
                    last.file(),
                    last.bytes(),
                    last.sha256(),
                    last.firstTime() + 1,
                    last.lastTime(),
                    last.sidecar());
            Segment otherHash = new Segment(
                    last.ledger(),
                    last.from(),
                    last.to(),
                    last.root(),
                    last.file(),
                    last.bytes(),
                    first.sha256(),
                    last.firstTime(),
                    last.lastTime(),
                    last.sidecar());
            Segment otherSidecar = new Segment(
                    last.ledger(),
                    last.from(),
                    last.to(),
                    last.root(),
                    last.file(),
                    last.bytes(),
                    last.sha256(),
                    last.firstTime(),
                    last.lastTime());
            for (List<Segment> edited : List.of(
                    List.of(first, otherTime),
                    List.of(first, otherHash),
                    List.of(first, otherSidecar),
                    List.of(first),
                    List.of(last))) {
                Files.write(file, ManifestText.print(Manifest.of(edited)));
                assertThat(bench.fsck().findings())
                        .as("manifest with %s", edited)
                        .anyMatch(finding -> finding.ledger().equals("security") && finding.to() > 0);
            }
        }
    }

    @Test
    void aReplacedTileIsNamed() throws Exception {
        try (Workbench bench = stopped()) {
            Path tile = files(bench.data).entrySet().stream()
                    .filter(file -> file.getKey().startsWith("ledger/security/tile/"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
            byte[] whole = Files.readAllBytes(tile);
            byte[] swapped = new byte[64];
            System.arraycopy(whole, 32, swapped, 0, 32);
            System.arraycopy(whole, 0, swapped, 32, 32);
            Files.write(tile, swapped);
            assertThat(bench.fsck().findings())
                    .extracting(Finding::file)
                    .containsExactly(bench.data.relativize(tile).toString());
        }
    }

    @Test
    void aFolderWithoutLedgersIsNone() throws Exception {
        assertThatThrownBy(() -> new Fsck(
                                new io.meshtrail.host.system.SystemDisk(),
                                folder,
                                (segment, visitor) -> {},
                                name -> {
                                    throw new IOException("no journal");
                                },
                                (checked, of) -> {})
                        .run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no data folder");
    }
}
