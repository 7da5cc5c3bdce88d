package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.fsck.Finding;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.InclusionProof;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogProof;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.segment.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Data or state is lost, and the honest way on: what survived stays searchable and provable under a new
/// key, and the loss is on record.
class RecoveryTest {
    private static final LedgerRecovery.Memory NOBODY = key -> List.of();
    private static final String REASON = "the disk of host a died";

    @TempDir
    private Path folder;

    private Path data;
    private Path state;
    private Path backup;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
        state = folder.resolve("data.state");
        backup = folder.resolve("backup");
    }

    /// Starts, hands in denials with these numbers, and ends in order.
    private void serve(int from, int to) throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            ledgers.whileSequencing(() -> ledgers.set.announce("test"));
            for (int i = from; i < to; i++) {
                ledgers.send(LedgerFixture.request(i, Outcome.DENIED));
            }
            ledgers.settle();
            ledgers.host.pass(RootRecorder.HEARTBEAT.toNanos());
            ledgers.whileSequencing(() -> ledgers.set.root().advance());
            ledgers.settle();
        }
    }

    private List<Closing> recover() throws IOException {
        return recover(RefusingDisk.sound(), NOBODY);
    }

    private List<Closing> recover(RefusingDisk disk, LedgerRecovery.Memory memory) throws IOException {
        Files.createDirectories(data);
        Files.createDirectories(state);
        return new LedgerRecovery(new LedgerRecovery.Parts(
                        new SteppedHost(disk),
                        data,
                        state,
                        Manifest.EMPTY,
                        new FileCheckpointStore(disk, state),
                        (name, first) ->
                                FileJournal.open(disk, data.resolve("journal").resolve(name), first),
                        LedgerFixture.NO_ROWS,
                        memory))
                .run(REASON);
    }

    private FsckReport fsck() throws IOException {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            return ledgers.fsck();
        }
    }

    /// A backup with ten denials, then seven more, then the backup again.
    private void restoreOlderData() throws Exception {
        serve(0, 10);
        copy(data, backup);
        serve(10, 17);
        delete(data);
        copy(backup, data);
        assertThatThrownBy(() -> serve(17, 18)).isInstanceOf(StaleDataException.class);
    }

    @Test
    void olderDataGoesOnInANewEpochWithAllThatSurvivedAndTheLossOnRecord() throws Exception {
        restoreOlderData();
        List<Closing> closed = recover();
        assertThat(closed).extracting(Closing::ledger).containsExactly("root", "security");
        assertThat(closed.getLast().words())
                .isEqualTo("epoch 1 (log.example/security) ends at 10 entries, entries 10 to 16 are lost: " + REASON);

        serve(17, 20);
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            LedgerReader security = ledgers.set.named("security").orElseThrow();
            assertThat(security.size()).isEqualTo(13);
            for (int i = 0; i < 13; i++) {
                proves(security, i);
                assertThat(EventCodec.decode(security.entry(i)).text(Field.HTTP_PATH))
                        .contains("/orders/" + (i < 10 ? i : i + 7));
            }
            assertThat(VerifierKey.parse(security.verifierKey()).name()).isEqualTo("log.example/security/2");
            assertThat(VerifierKey.parse(
                                    ledgers.set.named("traffic").orElseThrow().verifierKey())
                            .name())
                    .as("what lost nothing goes on as it was")
                    .isEqualTo("log.example/traffic");
            assertThat(acts(ledgers, "close"))
                    .extracting(
                            act -> act.attributes().get("ledger"),
                            act -> act.attributes().get("signed_size"),
                            act -> act.attributes().get("here"),
                            act -> act.text(Field.DETAIL).orElse(""))
                    .contains(org.assertj.core.groups.Tuple.tuple("security", "17", "10", REASON));
        }
        FsckReport report = fsck();
        assertThat(report.findings()).isEmpty();
        assertThat(report.losses()).extracting(Closing::ledger).containsExactly("root", "security");
        assertThatThrownBy(this::recover).hasMessageContaining("nothing to recover");
    }

    @Test
    void theFirstNewEntriesOfRootSayWhatWasClosedAndOpened() throws Exception {
        restoreOlderData();
        long survived = recover().getFirst().here();
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            LedgerReader root = ledgers.set.named("root").orElseThrow();
            assertThat(root.size()).isEqualTo(survived + 4);
            assertThat(root.publishedSize()).isEqualTo(survived + 4);
            AuditEvent open = EventCodec.decode(root.entry(survived + 3));
            assertThat(open.text(Field.ACTION)).contains("open");
            assertThat(open.attributes())
                    .containsEntry("origin", "log.example/security/2")
                    .containsEntry("epoch", "2")
                    .containsEntry("from", "10")
                    .containsEntry("retention", "PT9600H")
                    .containsEntry(
                            "key", ledgers.set.named("security").orElseThrow().verifierKey());
        }
    }

    @Test
    void dataThatIsLostWholeBeginsAgainAtNothingAndEveryoneCanSeeWhatWasLost() throws Exception {
        serve(0, 10);
        delete(data);
        assertThatThrownBy(() -> serve(10, 11)).isInstanceOf(StaleDataException.class);
        delete(data);
        assertThat(recover()).extracting(Closing::ledger).containsExactly("root", "security");
        serve(10, 15);
        FsckReport report = fsck();
        assertThat(report.findings()).isEmpty();
        assertThat(report.losses().getLast().words()).contains("ends at 0 entries, entries 0 to 9 are lost");
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            assertThat(ledgers.set.named("security").orElseThrow().size()).isEqualTo(5);
            assertThat(acts(ledgers, "open"))
                    .extracting(act -> act.attributes().get("ledger"))
                    .as("root has lost who was opened and is told again")
                    .contains("control", "traffic", "security", "root");
        }
    }

    @Test
    void aLostStateFolderMeansANewKeyForEveryLedgerAndTheOldOriginOfTheServer() throws Exception {
        serve(0, 10);
        delete(state);
        assertThatThrownBy(() -> serve(10, 11)).isInstanceOf(StaleDataException.class);
        List<Closing> closed = recover();
        assertThat(closed).extracting(Closing::ledger).containsExactly("control", "root", "security", "traffic");
        assertThat(closed).allMatch(each -> each.lostTo() == each.here());
        serve(10, 12);
        assertThat(fsck().findings()).isEmpty();
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            LedgerReader security = ledgers.set.named("security").orElseThrow();
            assertThat(security.size()).isEqualTo(12);
            assertThat(VerifierKey.parse(security.verifierKey()).name()).isEqualTo("log.example/security/2");
            proves(security, 3);
        }
    }

    @Test
    void aSecondLossMakesAThirdEpochAlsoFromABackupOfTheFirst() throws Exception {
        restoreOlderData();
        assertThat(recover()).hasSize(2);
        serve(20, 25);
        delete(data);
        copy(backup, data);
        assertThatThrownBy(() -> serve(30, 31)).isInstanceOf(StaleDataException.class);
        assertThat(recover()).extracting(Closing::epoch).containsExactly(2, 2);
        serve(30, 33);
        assertThat(fsck().findings()).isEmpty();
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            LedgerReader security = ledgers.set.named("security").orElseThrow();
            assertThat(security.size()).isEqualTo(13);
            assertThat(VerifierKey.parse(security.verifierKey()).name()).isEqualTo("log.example/security/3");
        }
    }

    @Test
    void aWitnessThatRemembersMoreThanTheStateMakesTheLossLarger() throws Exception {
        serve(0, 10);
        copy(data, backup);
        Path states = folder.resolve("states");
        copy(state, states);
        serve(10, 17);
        byte[] remembered = Files.readAllBytes(data.resolve("ledger/security/checkpoint"));
        delete(data);
        delete(state);
        copy(backup, data);
        copy(states, state);
        Files.delete(state.resolve("security.key"));
        List<Closing> closed = recover(
                RefusingDisk.sound(),
                key -> key.name().equals("log.example/security") ? List.of(remembered) : List.of());
        assertThat(closed).hasSize(1);
        assertThat(closed.getFirst().lostTo()).isEqualTo(17);
        assertThat(closed.getFirst().checkpoint()).contains(remembered);
        assertThat(fsck().findings()).isEmpty();
    }

    @Test
    void dataThatWasChangedIsNotRecoveredIntoANewEpoch() throws Exception {
        serve(0, 10);
        Path checkpoint = state.resolve("security.checkpoint");
        io.meshtrail.proof.SigningKey key = io.meshtrail.proof.SigningKey.parse(
                Files.readString(state.resolve("security.key")).strip());
        Files.write(
                checkpoint,
                Checkpoint.of(key.verifierKey().name(), new TreeHead(10, Hash.leaf(new byte[] {1})))
                        .sign(key)
                        .bytes());
        Files.delete(data.resolve("ledger/security/checkpoint"));
        assertThatThrownBy(this::recover).hasMessageContaining("not a loss but a change");
    }

    @Test
    void aLossThatNoCloseExplainsIsStillFound() throws Exception {
        restoreOlderData();
        copy(state, folder.resolve("before"));
        byte[] archived = oldCheckpointOfSize17();
        assertThat(recover()).hasSize(2);
        assertThat(fsck().findings()).isEmpty();
        Path file = data.resolve("ledger/security/epoch-1.checkpoint");
        assertThat(file).hasBinaryContent(archived);
        Files.delete(file);
        assertThat(fsck().findings()).extracting(Finding::file).contains("ledger/security/epoch-1.checkpoint");
        Files.write(file, larger(folder.resolve("before"), 18));
        assertThat(fsck().findings().toString()).contains("explains a loss up to 17");
        Files.write(file, archived);
        Files.delete(data.resolve("ledger/security/epoch-1.key"));
        assertThat(fsck().findings()).extracting(Finding::file).contains("ledger/security/epoch-1.key");
    }

    private byte[] oldCheckpointOfSize17() throws IOException {
        return Files.readAllBytes(state.resolve("security.checkpoint"));
    }

    /// What the old key could have signed besides.
    private static byte[] larger(Path state, long size) throws Exception {
        io.meshtrail.proof.SigningKey key = io.meshtrail.proof.SigningKey.parse(
                Files.readString(state.resolve("security.key")).strip());
        return Checkpoint.of(key.verifierKey().name(), new TreeHead(size, Hash.leaf(new byte[0])))
                .sign(key)
                .bytes();
    }

    @Test
    void entriesThatVanishAfterTheRecoveryAreFound() throws Exception {
        restoreOlderData();
        assertThat(recover()).hasSize(2);
        serve(20, 25);
        delete(data.resolve("journal/security"));
        copy(backup.resolve("journal/security"), data.resolve("journal/security"));
        assertThatThrownBy(() -> serve(30, 31))
                .isInstanceOf(StaleDataException.class)
                .hasMessageContaining("security");
    }

    @ParameterizedTest
    @EnumSource
    void aRecoveryThatIsCutShortAnywhereIsTakenUpByTheNext(RefusingDisk.Fault fault) throws Exception {
        restoreOlderData();
        Path before = folder.resolve("before");
        copy(data, before.resolve("data"));
        copy(state, before.resolve("state"));
        int step = 0;
        boolean failed = true;
        while (failed) {
            RefusingDisk disk = new RefusingDisk(step, fault);
            disk.arm();
            try {
                recover(disk, NOBODY);
            } catch (IOException cut) {
                assertThat(disk.hasFailed()).isTrue();
            }
            failed = disk.hasFailed();
            String where = fault + " at change " + step + " of " + disk.changes();
            if (failed && Files.exists(state.resolve("recovery"))) {
                assertThatThrownBy(() -> serve(30, 31)).as(where).isInstanceOf(StaleDataException.class);
                assertThat(recover()).as(where).hasSize(2);
            } else if (failed && !isRecovered()) {
                assertThat(recover()).as(where).hasSize(2);
            }
            serve(20, 23);
            FsckReport report = fsck();
            assertThat(report.findings()).as(where).isEmpty();
            assertThat(report.losses()).as(where).hasSize(2);
            try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
                assertThat(acts(ledgers, "close")).as(where).hasSize(2);
                assertThat(ledgers.set.named("security").orElseThrow().size()).isEqualTo(13);
                proves(ledgers.set.named("security").orElseThrow(), 12);
            }
            delete(data);
            delete(state);
            copy(before.resolve("data"), data);
            copy(before.resolve("state"), state);
            step++;
        }
        assertThat(step).as("changes of a recovery").isGreaterThan(20);
    }

    /// What a recovery would write of a ledger of this set.
    static List<AuditEvent> exampleActs(SteppedLedgers ledgers) throws IOException {
        Ledger ledger = ledgers.set.sealables().stream()
                .map(Ledger.class::cast)
                .filter(each -> each.name().equals("traffic"))
                .findFirst()
                .orElseThrow();
        LogOrigin origin = new LogOrigin("log.example", "traffic", 1);
        Remains remains = new Remains(
                ledger.tree(),
                origin,
                ledger.key().verifierKey(),
                SignedHead.of(
                        ledger.published().orElseThrow().note().bytes(),
                        ledger.key().verifierKey(),
                        "a test"),
                false,
                true,
                false);
        return List.of(
                RecoveryPlan.close(remains, REASON),
                RecoveryPlan.open(remains, ledger.key(), Optional.of(Duration.ofDays(30))));
    }

    private boolean isRecovered() throws IOException {
        return Files.readString(data.resolve("ledger/security/key")).startsWith("log.example/security/2");
    }

    private static List<AuditEvent> acts(SteppedLedgers ledgers, String action) throws Exception {
        List<AuditEvent> acts = new ArrayList<>();
        LedgerReader root = ledgers.set.named("root").orElseThrow();
        for (long i = 0; i < root.size(); i++) {
            AuditEvent event = EventCodec.decode(root.entry(i));
            if (event.text(Field.ACTION).filter(action::equals).isPresent()) {
                acts.add(event);
            }
        }
        return acts;
    }

    private static void proves(LedgerReader ledger, long leafIndex) throws Exception {
        TlogProof proof = TlogProof.parse(ledger.proof(leafIndex).orElseThrow());
        SignedNote note = proof.note();
        assertThat(note.verify(List.of(VerifierKey.parse(ledger.verifierKey()))))
                .isInstanceOf(NoteVerdict.Accepted.class);
        Checkpoint under = Checkpoint.parse(note.text());
        InclusionProof inclusion = new InclusionProof(proof.leafIndex(), under.treeSize(), proof.hashes());
        assertThat(inclusion.proves(Hash.leaf(ledger.entry(leafIndex)), under.root()))
                .isTrue();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
