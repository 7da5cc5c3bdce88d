package io.meshtrail.ledger.fsck;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.segment.SampleEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What no check answers for is told apart from what was damaged.
class FolderCoverTest {
    @TempDir
    private Path folder;

    @Test
    void filesThatNobodyReadsAreNamedWithTheirReasonAndAreNoFinding() throws Exception {
        Map<String, String> strange = new TreeMap<>(Map.of(
                "notes.txt",
                "not a file of a data folder",
                "ledger/traffic/stranger",
                "not a file of a data folder",
                "lock",
                "not a file of a data folder",
                "segments/traffic/" + "9".repeat(20) + ".parquet",
                "a segment that the manifest does not name; the next start takes it up or removes it",
                "segments/traffic/half.parquet.tmp",
                "a file that was never finished",
                "ledger/traffic/checkpoint.tmp",
                "a file that was never finished",
                "blobs/aa/half.tmp",
                "a file that was never finished",
                "ledger/traffic/tile/1/000.p/77",
                "a tile that no sealed entries need; the next seal or start removes or completes it"));
        try (Workbench bench = new Workbench(folder, 256)) {
            bench.append(SampleEvents.requests(1, 0, 300));
            bench.seal();
            bench.stop();
            assertThat(bench.fsck().uncovered()).isEmpty();
            for (String file : strange.keySet()) {
                Files.createDirectories(bench.data.resolve(file).getParent());
                Files.writeString(bench.data.resolve(file), "x");
            }
            FsckReport report = bench.fsck();
            assertThat(report.findings()).isEmpty();
            Map<String, String> named = new TreeMap<>();
            report.uncovered().forEach(each -> named.put(each.file(), each.why()));
            assertThat(named).isEqualTo(strange);
        }
    }

    @Test
    void theEmptyLockOfARunningServerIsNotMentioned() throws Exception {
        try (Workbench bench = new Workbench(folder, 256)) {
            bench.stop();
            Files.writeString(bench.data.resolve("lock"), "");
            assertThat(bench.fsck().uncovered()).isEqualTo(List.of());
        }
    }
}
