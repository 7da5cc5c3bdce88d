package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Receipt;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.EntryBundle;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.InclusionProof;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogProof;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of an entry through the ledger: sequenced, integrated, published, and provable to a stranger.
class LedgerSetTest {
    @TempDir
    Path folder;

    @Test
    void aNewServerPublishesSizeZeroOfEveryLedgerAtOnce() throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            for (LedgerReader ledger : fixture.ledgers.all()) {
                Checkpoint checkpoint = verified(ledger);
                assertThat(checkpoint.origin()).isEqualTo("log.example/" + ledger.name());
                assertThat(checkpoint.treeSize()).isZero();
                assertThat(checkpoint.root()).isEqualTo(Hash.EMPTY_ROOT);
            }
        }
    }

    @Test
    void eventsGoToTheLedgerOfTheirRouteAndGetDenseLeafIndexes() throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            Receipt receipt = fixture.append(
                    LedgerFixture.request(0, Outcome.ALLOWED),
                    LedgerFixture.request(1, Outcome.DENIED),
                    LedgerFixture.request(2, Outcome.ALLOWED),
                    AuditEvent.builder()
                            .kind(Kind.POLICY_CHANGE)
                            .outcome(Outcome.DENIED)
                            .build());
            assertThat(receipt.placements().stream().map(p -> p.address().toString()))
                    .containsExactly("traffic/0", "security/0", "traffic/1", "control/0");
        }
    }

    @Test
    void everyPublishedEntryHasAProofThatHoldsAndItsBundleServesTheSameBytes() throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            for (int i = 0; i < 700; i++) {
                fixture.append(LedgerFixture.request(i, Outcome.ALLOWED));
            }
            fixture.publish();
            LedgerReader traffic = fixture.ledger("traffic");
            Checkpoint checkpoint = verified(traffic);
            assertThat(checkpoint.treeSize()).isEqualTo(700);
            EntryBundle bundle = EntryBundle.parse(traffic.bundle(2, 188).orElseThrow(), 188);
            for (long i = 0; i < 700; i++) {
                byte[] entry = traffic.entry(i);
                TlogProof proof = TlogProof.parse(traffic.proof(i).orElseThrow());
                Checkpoint under = Checkpoint.parse(proof.note().text());
                InclusionProof inclusion = new InclusionProof(proof.leafIndex(), under.treeSize(), proof.hashes());
                assertThat(inclusion.proves(Hash.leaf(entry), under.root())).isTrue();
                if (i >= 512) {
                    assertThat(bundle.entry((int) (i - 512))).isEqualTo(entry);
                }
            }
            assertThat(traffic.tile(1, 0, 2)).isPresent();
            assertThat(traffic.tile(1, 0, 3)).isEmpty();
            assertThat(traffic.bundle(2, 189)).isEmpty();
        }
    }

    @Test
    void receivedNeverDecreasesAndIsInTheEntry() throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            List<Address> addresses = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                addresses.add(fixture.append(LedgerFixture.request(i, Outcome.ALLOWED))
                        .placements()
                        .getFirst()
                        .address());
            }
            fixture.publish();
            long before = 0;
            for (Address address : addresses) {
                AuditEvent event = EventCodec.decode(fixture.ledger("traffic").entry(address.leafIndex()));
                long received = event.number(Field.RECEIVED).orElseThrow();
                assertThat(received).isGreaterThanOrEqualTo(before);
                before = received;
            }
        }
    }

    @Test
    void aRestartAfterAKillKeepsEveryAcknowledgedEntryAndExtendsTheCheckpoint() throws Exception {
        Checkpoint before;
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            for (int i = 0; i < 300; i++) {
                fixture.append(LedgerFixture.request(i, Outcome.DENIED));
            }
            fixture.publish();
            before = verified(fixture.ledger("security"));
            fixture.append(LedgerFixture.request(300, Outcome.DENIED));
        }
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            LedgerReader security = fixture.ledger("security");
            assertThat(security.size()).isEqualTo(301);
            fixture.publish();
            assertThat(verified(security).treeSize()).isEqualTo(301);
            assertThat(EventCodec.decode(security.entry(300)).text(Field.HTTP_PATH))
                    .contains("/orders/300");
            assertThat(before.treeSize()).isEqualTo(300);
            assertThat(fixture.append(LedgerFixture.request(301, Outcome.DENIED))
                            .placements()
                            .getFirst()
                            .address())
                    .hasToString("security/301");
        }
    }

    @Test
    void aRepeatedRecordIsNotAppendedAgainAlsoAfterARestart() throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            assertThat(fixture.append(LedgerFixture.request(1, Outcome.DENIED), "record one")
                            .placements()
                            .getFirst()
                            .duplicate())
                    .isFalse();
            assertThat(fixture.append(LedgerFixture.request(1, Outcome.DENIED), "record one")
                            .placements()
                            .getFirst())
                    .hasToString("Placement[address=security/0, duplicate=true]");
        }
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            assertThat(fixture.append(LedgerFixture.request(1, Outcome.DENIED), "record one")
                            .placements()
                            .getFirst()
                            .duplicate())
                    .isTrue();
            assertThat(fixture.ledger("security").size()).isEqualTo(1);
        }
    }

    @Test
    void dataThatIsOlderThanTheStateIsRefusedWithBothSizes() throws Exception {
        Path old = folder.resolve("old");
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            fixture.append(LedgerFixture.request(0, Outcome.DENIED));
            fixture.publish();
        }
        copy(folder.resolve("data"), old);
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            fixture.append(LedgerFixture.request(1, Outcome.DENIED));
            fixture.publish();
        }
        delete(folder.resolve("data"));
        copy(old, folder.resolve("data"));
        assertThatThrownBy(() -> new LedgerFixture(folder))
                .isInstanceOf(StaleDataException.class)
                .hasMessageContaining("ledger security has 1 entries")
                .hasMessageContaining("size 2");
    }

    @Test
    void aLostStateFolderIsRefused() throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            fixture.append(LedgerFixture.request(0, Outcome.DENIED));
        }
        delete(folder.resolve("data.state"));
        assertThatThrownBy(() -> new LedgerFixture(folder)).isInstanceOf(StaleDataException.class);
    }

    @Test
    void aLargePayloadGoesToABlobAndTheEntryKeepsItsHashAndLength() throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(folder)) {
            String raw = "\"" + "x".repeat(100_000) + "\"";
            fixture.append(AuditEvent.builder()
                    .kind(Kind.OBJECT_CHANGE)
                    .outcome(Outcome.CHANGED)
                    .text(Field.RAW, raw)
                    .build());
            fixture.publish();
            AuditEvent event = EventCodec.decode(fixture.ledger("control").entry(0));
            assertThat(event.has(Field.RAW)).isFalse();
            assertThat(event.attributes()).containsEntry("blob.raw.length", "100002");
            String sha256 = event.attributes().get("blob.raw.sha256");
            assertThat(folder.resolve("data/blobs")
                            .resolve(sha256.substring(0, 2))
                            .resolve(sha256))
                    .hasContent(raw);
        }
    }

    @Test
    void aLedgerThatIsOpenedWhileRunningIsOnRecordBeforeTheFirstEventGoesThere() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            ledgers.whileSequencing(() -> ledgers.set.announce("test"));
            List<LedgerSettings> settings = new ArrayList<>(DefaultLedgers.settings());
            settings.add(new LedgerSettings("traffic-pci", Duration.ofDays(365), true));
            settings.replaceAll(each ->
                    each.name().equals("traffic") ? new LedgerSettings("traffic", Duration.ofDays(14), false) : each);
            Router router = DefaultLedgers.router()
                    .after(List.of(new Router.Route(
                            "http.path:/orders/7",
                            event -> event.text(Field.HTTP_PATH)
                                    .filter("/orders/7"::equals)
                                    .isPresent(),
                            "traffic-pci")));
            ledgers.whileSequencing(
                    () -> assertThat(ledgers.set.configure(settings, router)).containsExactly("traffic-pci"));
            ledgers.send(LedgerFixture.request(7, Outcome.ALLOWED), LedgerFixture.request(8, Outcome.ALLOWED));
            ledgers.settle();
            LedgerReader pci = ledgers.set.named("traffic-pci").orElseThrow();
            assertThat(pci.size()).isEqualTo(1);
            assertThat(pci.proof(0)).isPresent();
            assertThat(ledgers.set.all()).extracting(LedgerReader::name).contains("traffic-pci");
            assertThat(ledgers.set.sealables()).extracting(Sealable::name).contains("traffic-pci");
            assertThat(ledgers.set.named("traffic").orElseThrow().status().retention())
                    .isEqualTo(Duration.ofDays(14));
            assertThat(actions(ledgers))
                    .containsSubsequence("routes", "start", "retention", "open", "routes")
                    .hasSize(9);
            ledgers.whileSequencing(
                    () -> assertThat(ledgers.set.configure(settings, router)).isEmpty());
            assertThat(actions(ledgers)).as("what is as it was is not told").hasSize(9);
            ledgers.host.pass(RootRecorder.HEARTBEAT.toNanos());
            ledgers.whileSequencing(() -> ledgers.set.root().advance());
            assertThat(actions(ledgers)).as("its checkpoint too").hasSize(14);
        }
        // The next start knows nothing of it by its configuration.
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            ledgers.whileSequencing(() -> ledgers.set.announce("test"));
            ledgers.settle();
            LedgerReader pci = ledgers.set.named("traffic-pci").orElseThrow();
            assertThat(pci.size()).isEqualTo(1);
            assertThat(pci.status().retention()).isEqualTo(Duration.ofDays(365));
            assertThat(actions(ledgers).subList(14, actions(ledgers).size()))
                    .containsExactly("retention", "routes", "start");
            assertThat(ledgers.fsck().findings()).isEmpty();
        }
    }

    @Test
    void aRouteToNowhereChangesNothing() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            ledgers.whileSequencing(() -> ledgers.set.announce("test"));
            int before = actions(ledgers).size();
            Router nowhere =
                    DefaultLedgers.router().after(List.of(new Router.Route("*", event -> true, "no-such-ledger")));
            assertThatThrownBy(() -> ledgers.set.configure(DefaultLedgers.settings(), nowhere))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no-such-ledger");
            assertThat(actions(ledgers)).hasSize(before);
        }
    }

    private static List<String> actions(SteppedLedgers ledgers) throws Exception {
        ledgers.settle();
        List<String> actions = new ArrayList<>();
        LedgerReader root = ledgers.set.named("root").orElseThrow();
        for (long i = 0; i < root.size(); i++) {
            actions.add(EventCodec.decode(root.entry(i)).text(Field.ACTION).orElseThrow());
        }
        return actions;
    }

    private static Checkpoint verified(LedgerReader ledger) throws Exception {
        SignedNote note = SignedNote.parse(ledger.checkpoint().orElseThrow());
        assertThat(note.verify(List.of(VerifierKey.parse(ledger.verifierKey()))))
                .isInstanceOf(NoteVerdict.Accepted.class);
        return Checkpoint.parse(note.text());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.walk(from)) {
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
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
