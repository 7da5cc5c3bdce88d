package io.meshtrail.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.Workbench;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.host.Host;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.index.FaultyDisk;
import io.meshtrail.index.Snapshot;
import io.meshtrail.ledger.DefaultLedgers;
import io.meshtrail.ledger.EntryUnavailableException;
import io.meshtrail.ledger.Hold;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.MinimumIndex;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyProof;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Entries that are older than they must be kept go, and nothing else does. A term of one nanosecond is over at once.
class PruneStationTest {
    private static final Duration OVER = Duration.ofNanos(1);

    private static final RetentionSettings AT_ONCE = settings(List.of());

    @TempDir
    private Path folder;

    private static RetentionSettings settings(List<RetentionClass> classes) {
        return new RetentionSettings(false, classes, List.of(), Duration.ZERO);
    }

    private static List<LedgerSettings> shortSecurity() {
        return DefaultLedgers.settings().stream()
                .map(ledger -> ledger.name().equals("security")
                        ? new LedgerSettings("security", OVER, ledger.reserved())
                        : ledger)
                .toList();
    }

    private Workbench bench(RetentionSettings settings) throws Exception {
        return new Workbench(folder, new SystemHost(), 256, shortSecurity(), settings);
    }

    /// Denials, which go to `security`, 256 to a segment.
    private static void fill(Workbench bench, int segments) throws Exception {
        for (int i = 0; i < segments; i++) {
            bench.append(denials(256 * i, 256));
            bench.seal();
        }
    }

    private static List<AuditEvent> denials(int from, int count) {
        List<AuditEvent> events = new ArrayList<>();
        for (AuditEvent event : SampleEvents.requests(1, from, count)) {
            events.add(event.toBuilder().outcome(Outcome.DENIED).build());
        }
        return events;
    }

    private static long begin(Workbench bench) {
        return bench.ledgers.named("security").orElseThrow().minIndex();
    }

    @Test
    void whatIsOverItsTermGoesAndTheRestStaysProvable() throws Exception {
        byte[] young;
        try (Workbench bench = bench(AT_ONCE)) {
            fill(bench, 4);
            bench.append(denials(1_024, 40));
            bench.settle();
            LedgerReader security = bench.ledgers.named("security").orElseThrow();
            young = security.entry(800);
            bench.keep();
            check(bench, young);
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
        try (Workbench again = bench(AT_ONCE)) {
            again.settle();
            check(again, young);
            again.append(denials(1_064, 300));
            again.seal();
            again.keep();
            assertThat(begin(again)).isEqualTo(1_024);
            again.stop();
            assertThat(again.fsck().findings()).isEmpty();
        }
    }

    /// Three of four segments are pruned; the last stays, since the journal begins where it ends.
    private void check(Workbench bench, byte[] young) throws Exception {
        LedgerReader security = bench.ledgers.named("security").orElseThrow();
        assertThat(security.minIndex()).isEqualTo(768);
        assertThat(security.entry(800)).isEqualTo(young);
        assertThatThrownBy(() -> security.entry(767))
                .isInstanceOf(EntryUnavailableException.class)
                .hasMessageContaining("root/")
                .hasMessageContaining("entries 512 to 767");
        assertThat(security.bundle(2, 256)).isEmpty();
        assertThat(security.tile(0, 2, 256)).isEmpty();
        assertThat(security.bundle(3, 256)).isPresent();
        assertThat(security.tile(0, 3, 256)).isPresent();
        assertThat(security.tile(1, 0, 4)).isPresent();
        VerifierKey key = VerifierKey.parse(security.verifierKey());
        VerifyProof proof = new VerifyProof(List.of(key), TlogPolicy.NONE);
        for (long leafIndex : new long[] {768, 800, 1_023, 1_024, security.size() - 1}) {
            assertThat(proof.check(security.proof(leafIndex).orElseThrow(), security.entry(leafIndex)))
                    .as("entry %d", leafIndex)
                    .isInstanceOf(VerifyProof.Result.Ok.class);
        }
        Checkpoint head = Checkpoint.parse(
                SignedNote.parse(security.checkpoint().orElseThrow()).text());
        MinimumIndex minimum =
                MinimumIndex.verified(SignedNote.parse(security.minimum().orElseThrow()), head.origin(), List.of(key));
        assertThat(minimum.minimum()).isEqualTo(768);
        assertThat(minimum.treeSize()).isEqualTo(head.treeSize());
        try (Snapshot snapshot = bench.index.snapshot()) {
            assertThat(snapshot.pruned()).singleElement().satisfies(gone -> {
                assertThat(gone.ledger()).isEqualTo("security");
                assertThat(gone.to()).isEqualTo(768);
                assertThat(gone.lastTime()).isLessThan(Long.MAX_VALUE);
            });
        }
        try (Stream<Path> files = Files.list(folder.resolve("data/segments/security"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(oneSegmentOf(bench));
        }
    }

    @Test
    void aClassThatIsKeptLongerStopsThePrefix() throws Exception {
        RetentionClass late = RetentionClass.of("late", "http.path:" + pathOf(300), Duration.ofDays(30));
        try (Workbench bench = bench(settings(List.of(late)))) {
            fill(bench, 4);
            bench.keep();
            assertThat(begin(bench)).isEqualTo(256);
        }
    }

    private static String pathOf(int number) {
        return denials(number, 1).getFirst().text(Field.HTTP_PATH).orElseThrow();
    }

    @Test
    void aHoldStopsThePrefixUntilTwoApproversHaveSigned() throws Exception {
        SigningKey one = SigningKey.generate("one.example", SignatureType.ED25519, new SecureRandom());
        SigningKey other = SigningKey.generate("other.example", SignatureType.ED25519, new SecureRandom());
        RetentionSettings settings =
                new RetentionSettings(false, List.of(), List.of(one.verifierKey(), other.verifierKey()), Duration.ZERO);
        String id;
        try (Workbench bench = bench(settings)) {
            fill(bench, 4);
            Hold byQuery = bench.retention.desk().place(wanted(0, Long.MAX_VALUE, "http.path:" + pathOf(520)));
            Hold byRange = bench.retention.desk().place(wanted(256, 257, ""));
            bench.keep();
            assertThat(begin(bench)).isEqualTo(256);
            lift(bench, byRange, one, other);
            bench.keep();
            assertThat(begin(bench)).isEqualTo(512);
            id = byQuery.id();
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
        try (Workbench again = bench(settings)) {
            Hold kept = again.retention.desk().holds().getFirst();
            assertThat(kept.id()).isEqualTo(id);
            assertThat(kept.minimums()).isEmpty();
            again.keep();
            assertThat(begin(again)).isEqualTo(512);
            lift(again, kept, one, other);
            again.keep();
            assertThat(begin(again)).isEqualTo(768);
            again.stop();
            assertThat(again.fsck().findings()).isEmpty();
        }
    }

    private static HoldDesk.Wanted wanted(long from, long to, String query) {
        return new HoldDesk.Wanted("case 7", "counsel", Optional.of("security"), from, to, query);
    }

    private static void lift(Workbench bench, Hold hold, SigningKey... keys) throws Exception {
        String text = bench.retention.desk().toSign(hold.id()).orElseThrow();
        List<io.meshtrail.proof.NoteSignature> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            signatures.add(key.sign(text));
        }
        assertThat(bench.retention.desk().lift(hold.id(), new SignedNote(text, signatures)))
                .isPresent();
    }

    @Test
    void aHoldThatComesBetweenAnnouncementAndPruningWins() throws Exception {
        try (Workbench bench = bench(AT_ONCE)) {
            fill(bench, 3);
            assertThat(bench.retention.station().advance()).isFalse();
            bench.retention.desk().place(wanted(0, 512, ""));
            bench.keep();
            assertThat(begin(bench)).isZero();
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
    }

    @Test
    void aBlobGoesWithTheLastEntryThatNamesIt() throws Exception {
        try (Workbench bench = bench(AT_ONCE)) {
            bench.append(List.of(withBlob("only here", Outcome.DENIED), withBlob("here and there", Outcome.DENIED)));
            bench.append(denials(0, 254));
            bench.append(List.of(withBlob("here and there", Outcome.ALLOWED)));
            bench.seal();
            bench.append(denials(254, 256));
            bench.seal();
            assertThat(bench.fsck().blobs()).isEqualTo(2);
            bench.blobClock = GuardedBlobs.GUARD.toNanos() + 1;
            bench.keep();
            assertThat(begin(bench)).isEqualTo(256);
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
            assertThat(bench.fsck().blobs()).isEqualTo(1);
        }
    }

    private static AuditEvent withBlob(String text, Outcome outcome) {
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(outcome)
                .text(Field.HTTP_PATH, "/" + outcome.code() + text.length())
                .text(Field.RAW, "\"" + text + "x".repeat(60_000) + "\"")
                .build();
    }

    @Test
    void aBlobThatWasJustPutStays() throws Exception {
        try (Workbench bench = bench(AT_ONCE)) {
            bench.append(List.of(withBlob("only here", Outcome.DENIED)));
            bench.append(denials(0, 255));
            bench.seal();
            bench.append(denials(255, 256));
            bench.seal();
            bench.keep();
            assertThat(begin(bench)).isEqualTo(256);
            assertThat(bench.fsck().blobs()).isEqualTo(1);
        }
    }

    @Test
    void aDamagedSegmentIsNotPruned() throws Exception {
        try (Workbench bench = bench(AT_ONCE)) {
            fill(bench, 3);
            Segment first = bench.manifest.current().of("security").getFirst();
            Path file = bench.manifest.files().of(first);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            assertThatThrownBy(bench::keep).isInstanceOf(IOException.class);
            assertThat(begin(bench)).isZero();
        }
    }

    /// Each change of the disk fails once without and once with effect, and the process is gone. The next start
    /// goes on, and in the end the same is pruned, on record, with nothing left lying about.
    @Test
    void aCrashAtAnyStepOfAPruningIsUnderstoodByTheNextStart() throws Exception {
        int step = 0;
        boolean failed = true;
        while (failed) {
            for (boolean afterwards : new boolean[] {false, true}) {
                failed = crashAt(Files.createDirectory(folder.resolve(step + "-" + afterwards)), step, afterwards);
            }
            step++;
        }
        assertThat(step).as("steps of a pruning").isGreaterThan(6);
    }

    /// @return whether the disk failed at all
    private static boolean crashAt(Path folder, int step, boolean afterwards) throws Exception {
        try (Workbench bench = new Workbench(folder, new SystemHost(), 256, shortSecurity(), AT_ONCE)) {
            fill(bench, 3);
            bench.stop();
        }
        FaultyDisk disk = new FaultyDisk(new SystemDisk(), step, afterwards).disarmed();
        Host host = new HostOf(disk);
        boolean failed = false;
        try (Workbench bench = new Workbench(folder, host, 256, shortSecurity(), AT_ONCE)) {
            bench.settle();
            disk.arm();
            bench.keep();
            assertThat(begin(bench)).isEqualTo(512);
        } catch (IOException | AssertionError crash) {
            failed = disk.changes().size() > step;
            if (!failed) {
                throw crash;
            }
        }
        try (Workbench again = new Workbench(folder, new SystemHost(), 256, shortSecurity(), AT_ONCE)) {
            again.keep();
            assertThat(begin(again)).isEqualTo(512);
            again.stop();
            assertThat(again.fsck().findings()).isEmpty();
            try (Stream<Path> files = Files.list(folder.resolve("data/segments/security"))) {
                assertThat(files.map(file -> String.valueOf(file.getFileName())))
                        .containsExactlyInAnyOrderElementsOf(oneSegmentOf(again));
            }
        } catch (AssertionError | IOException wrong) {
            throw new AssertionError("after a crash at " + disk.changes() + ", effect: " + afterwards, wrong);
        }
        return failed;
    }

    @Test
    void theEntryOfRootIsWhatTheSegmentWas() throws Exception {
        try (Workbench bench = bench(AT_ONCE)) {
            fill(bench, 2);
            Segment first = bench.manifest.current().of("security").getFirst();
            bench.keep();
            LedgerReader root = bench.ledgers.named("root").orElseThrow();
            List<AuditEvent> prunes = new ArrayList<>();
            for (long i = 0; i < root.size(); i++) {
                AuditEvent event = EventCodec.decode(root.entry(i));
                if (event.text(Field.ACTION).filter("prune"::equals).isPresent()) {
                    prunes.add(event);
                }
            }
            assertThat(prunes)
                    .singleElement()
                    .satisfies(event -> assertThat(event.attributes())
                            .containsEntry("sha256", first.sha256().hex())
                            .containsEntry("root", first.root().base64())
                            .containsEntry("min", "256")
                            .containsEntry("term", OVER.toString()));
        }
    }

    /// What the folder of `security` must hold: the one segment that is left, and its sidecar.
    private static List<String> oneSegmentOf(Workbench bench) {
        assertThat(bench.manifest.current().of("security")).hasSize(1);
        Segment left = bench.manifest.current().of("security").getFirst();
        return List.of(left.file(), SegmentFiles.sidecarName(left.from(), left.to()));
    }
}
