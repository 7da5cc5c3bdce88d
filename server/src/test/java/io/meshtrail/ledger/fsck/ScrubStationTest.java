package io.meshtrail.ledger.fsck;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Outcome;
import io.meshtrail.segment.SampleEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder is read again in pieces while the server writes.
class ScrubStationTest {
    @TempDir
    private Path folder;

    private static List<AuditEvent> denials(int first, int count) {
        List<AuditEvent> events = new ArrayList<>();
        SampleEvents.requests(1, first, count)
                .forEach(event ->
                        events.add(event.toBuilder().outcome(Outcome.DENIED).build()));
        return events;
    }

    @Test
    void aSoundFolderIsReadToItsEndThoughItIsSealedMeanwhile() throws Exception {
        try (Workbench bench = new Workbench(folder, 256)) {
            bench.append(denials(0, 300));
            bench.seal();
            Scrub scrub = bench.scrubStation().pass();
            int steps = 0;
            for (int i = 300; scrub.step(); i += 300) {
                if (i < 1_200) {
                    bench.append(denials(i, 300));
                    bench.seal();
                }
                steps++;
            }
            assertThat(scrub.findings()).isEmpty();
            assertThat(scrub.checked()).containsExactlyInAnyOrder("control", "root", "security", "traffic");
            assertThat(steps).isGreaterThan(8);
        }
    }

    @Test
    void aFlippedBitIsFoundAndRecordedInRoot() throws Exception {
        try (Workbench bench = new Workbench(folder, 256)) {
            bench.append(denials(0, 600));
            bench.seal();
            try (Stream<Path> files = Files.list(bench.data.resolve("segments/security"))) {
                Path segment = files.findFirst().orElseThrow();
                byte[] bytes = Files.readAllBytes(segment);
                bytes[bytes.length / 2] ^= 4;
                Files.write(segment, bytes);
            }
            ScrubStation station = bench.scrubStation();
            while (station.passes() == 0) {
                station.advance();
            }
            assertThat(station.findings()).extracting(Finding::ledger).containsExactly("security");
            assertThat(station.verifiedAt("security")).isEmpty();
            assertThat(station.verifiedAt("traffic")).isPresent();
            bench.settle();
            long last = bench.ledgers.named("root").orElseThrow().size() - 1;
            assertThat(new String(
                            bench.ledgers.named("root").orElseThrow().entry(last - 1),
                            java.nio.charset.StandardCharsets.UTF_8))
                    .contains(
                            "\"action\":\"scrub\"",
                            "\"attributes.result\":\"damaged\"",
                            "ledger security, entries 0 to 511");
        }
    }
}
