package io.meshtrail.ledger.fsck;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Outcome;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.segment.SampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever kept a checkpoint notices a history that was put back or rewritten, although the folder is
/// sound by itself.
class RememberedTest {
    private static final String KEPT = "kept.txt";

    @TempDir
    private Path folder;

    /// Appends denials to the ledger that lies in a folder; returns its last checkpoint.
    private static SignedNote append(Path place, int seed, int count) throws Exception {
        try (Workbench bench = new Workbench(place, 1_000_000)) {
            List<AuditEvent> events = new ArrayList<>();
            for (AuditEvent event : SampleEvents.requests(seed, 0, count)) {
                events.add(event.toBuilder().outcome(Outcome.DENIED).build());
            }
            bench.append(events);
            bench.stop();
            return SignedNote.parse(Files.readAllBytes(bench.data.resolve("ledger/security/checkpoint")));
        }
    }

    private static List<Finding> findings(Path place, SignedNote... notes) throws Exception {
        try (Workbench bench = new Workbench(place, 1_000_000)) {
            bench.stop();
            assertThat(bench.fsck().findings()).as("without memory").isEmpty();
            return bench.fsck(
                            bench.rows(),
                            new Remembered(Arrays.stream(notes)
                                    .map(note -> new Remembered.Kept(KEPT, note))
                                    .toList()))
                    .findings();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    @Test
    void aHistoryThatWentOnIsSound() throws Exception {
        SignedNote first = append(folder, 1, 5);
        SignedNote second = append(folder, 2, 3);
        assertThat(findings(folder, second, first)).isEmpty();
    }

    @Test
    void aFolderThatWasPutBackMissesWhatWasRemembered() throws Exception {
        Path now = Files.createDirectories(folder.resolve("now"));
        Path old = folder.resolve("old");
        append(now, 1, 5);
        copy(now, old);
        SignedNote kept = append(now, 2, 3);
        assertThat(findings(old, kept)).singleElement().satisfies(finding -> {
            assertThat(finding.ledger()).isEqualTo("security");
            assertThat(finding.file()).isEqualTo(KEPT);
            assertThat(finding.from()).isEqualTo(5);
            assertThat(finding.to()).isEqualTo(8);
            assertThat(finding.words()).contains("size 8", "not here");
        });
    }

    @Test
    void anotherHistoryOfTheSameKeyContradictsWhatWasRemembered() throws Exception {
        Path now = Files.createDirectories(folder.resolve("now"));
        Path fork = folder.resolve("fork");
        append(now, 1, 5);
        copy(now, fork);
        SignedNote kept = append(now, 2, 3);
        append(fork, 3, 4);
        String root = Checkpoint.parse(kept.text()).root().toString();
        assertThat(findings(fork, kept)).singleElement().satisfies(finding -> {
            assertThat(finding.ledger()).isEqualTo("security");
            assertThat(finding.file()).isEqualTo(KEPT);
            assertThat(finding.words()).contains("size 8 has root " + root);
        });
    }

    @Test
    void aNoteThatProvesNothingIsSaidToProveNothing() throws Exception {
        append(folder, 1, 5);
        SigningKey stranger = SigningKey.ofSeed("other.example/security", SignatureType.ED25519, new byte[32]);
        SignedNote note = Checkpoint.of("other.example/security", new CompactRange().head())
                .sign(stranger);
        assertThat(findings(folder, note)).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(KEPT);
            assertThat(finding.words()).isEqualTo("no ledger here is 'other.example/security'");
        });
    }
}
