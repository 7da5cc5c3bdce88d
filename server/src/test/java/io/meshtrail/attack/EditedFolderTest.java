package io.meshtrail.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.Sidecar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody may write every byte of the data folder, and knows our formats: files are forged with right
/// checksums. `meshtrail verify --data` finds it. The more he mends, the fewer mechanisms are left that see
/// it; a thief of the key who mends everything is found only by those who kept a checkpoint.
class EditedFolderTest {
    private static final String HEADS = "HEADS";
    private static final String SIZES = "SIZES";

    @TempDir
    private static Path folder;

    private static Victim victim;

    private final Random random = Seed.random();

    @BeforeAll
    static void build() throws Exception {
        victim = new Victim(folder);
        assertThat(victim.check(victim.remembered(), List.of()).findings()).isEmpty();
    }

    private static void attack(String file, Victim.Recipe recipe, String... guards) throws Exception {
        victim.attacked(recipe, file, "", guards);
    }

    private static AuditEvent allowed(AuditEvent event) {
        return event.toBuilder().text(Field.SOURCE_IDENTITY, "spiffe://nobody").build();
    }

    private List<byte[]> edited(int from, int to, UnaryOperator<AuditEvent> edit) {
        List<byte[]> entries = victim.entries(Victim.LEDGER);
        int at = from + random.nextInt(to - from);
        entries.set(at, Victim.entry(entries.get(at), edit));
        return entries;
    }

    private List<byte[]> editedInTheSecondSegment() {
        return edited(256, Victim.SEALED, EditedFolderTest::allowed);
    }

    private static Segment second() throws Exception {
        return victim.manifest().of(Victim.LEDGER).getLast();
    }

    @Test
    void anEditedEntryInTheJournalContradictsTheCheckpoint() throws Exception {
        attack(
                "ledger/security/checkpoint",
                () -> victim.journal(
                        Victim.LEDGER, Victim.SEALED, edited(Victim.SEALED, Victim.ENTRIES, EditedFolderTest::allowed)),
                HEADS);
    }

    @Test
    void anEditedEntryInASegmentContradictsItsSeal() throws Exception {
        attack(
                "segments/security/",
                () -> victim.segment(second(), editedInTheSecondSegment()),
                "FILE_SUMS",
                "RANGE_ROOTS",
                "SIDECARS",
                "TILES",
                HEADS);
    }

    @Test
    void anEditedEntryWithItsTileContradictsItsSeal() throws Exception {
        attack(
                "segments/security/",
                () -> {
                    List<byte[]> entries = editedInTheSecondSegment();
                    victim.segment(second(), entries);
                    victim.tiles(entries);
                },
                "FILE_SUMS",
                "RANGE_ROOTS",
                "SIDECARS",
                HEADS);
    }

    @Test
    void recomputedTilesAndManifestContradictRootAndTheCheckpoint() throws Exception {
        attack("manifest", () -> recompute(editedInTheSecondSegment()), "SEALS", HEADS);
    }

    private static void recompute(List<byte[]> entries) throws Exception {
        Segment old = second();
        Segment forged = victim.segment(old, entries);
        victim.tiles(entries);
        victim.manifest(old, forged);
    }

    @Test
    void aForgedHistoryUnderAnotherKeyHasNoSignature() throws Exception {
        attack(
                "ledger/security/checkpoint",
                () -> {
                    List<byte[]> entries = editedInTheSecondSegment();
                    recompute(entries);
                    SigningKey own = SigningKey.generate(
                            victim.stolenKey(Victim.LEDGER).verifierKey().name(),
                            SignatureType.ED25519,
                            new SecureRandom());
                    victim.sign(Victim.LEDGER, entries, own);
                },
                "SIGNATURES",
                "SEALS");
    }

    /// Everything is mended, `root` too, and signed with the stolen keys: the folder is sound. Only who kept
    /// a checkpoint outside (a remembered file, a witness, an anchor) can know.
    @Test
    void aHistorySignedWithTheStolenKeysContradictsACheckpointThatSomebodyKept() throws Exception {
        victim.restore();
        List<byte[]> entries = editedInTheSecondSegment();
        Segment old = second();
        recompute(entries);
        victim.sign(Victim.LEDGER, entries, victim.stolenKey(Victim.LEDGER));
        rewriteRoot(old, second());

        assertThat(victim.check(Remembered.NOTHING, List.of()).findings())
                .as("who kept nothing finds nothing, seed %d", Seed.VALUE)
                .isEmpty();
        assertThat(victim.check(victim.remembered(), List.of()).findings())
                .as("seed %d", Seed.VALUE)
                .anySatisfy(finding -> assertThat(finding.file()).isEqualTo("kept outside"));
        assertThat(victim.check(victim.remembered(), List.of(HEADS)).isSound()).isTrue();
    }

    private static void rewriteRoot(Segment old, Segment forged) throws Exception {
        Sidecar sidecar = forged.sidecar().orElseThrow();
        List<byte[]> root = victim.entries("root");
        root.replaceAll(entry -> {
            AuditEvent event = Victim.event(entry);
            return old.sha256().hex().equals(event.attributes().get("sha256"))
                    ? Victim.entry(
                            entry,
                            seal -> seal.toBuilder()
                                    .attribute("sha256", forged.sha256().hex())
                                    .attribute("root", forged.root().base64())
                                    .attribute("bytes", Long.toString(forged.bytes()))
                                    .attribute("sidecar_bytes", Long.toString(sidecar.bytes()))
                                    .attribute(
                                            "sidecar_sha256", sidecar.sha256().hex())
                                    .build())
                    : entry;
        });
        victim.journal("root", 0, root);
        victim.sign("root", root, victim.stolenKey("root"));
    }

    @Test
    void anEntryDeletedInTheMiddleContradictsTheCheckpoint() throws Exception {
        attack(
                "journal/security",
                () -> {
                    List<byte[]> entries = victim.entries(Victim.LEDGER);
                    entries.remove(Victim.SEALED + random.nextInt(Victim.ENTRIES - Victim.SEALED - 1));
                    victim.journal(Victim.LEDGER, Victim.SEALED, entries);
                },
                SIZES);
    }

    @Test
    void anEntryDeletedInTheMiddleWithAnotherAtTheEndContradictsTheCheckpoint() throws Exception {
        attack(
                "ledger/security/checkpoint",
                () -> {
                    List<byte[]> entries = victim.entries(Victim.LEDGER);
                    entries.remove(Victim.SEALED + random.nextInt(Victim.ENTRIES - Victim.SEALED - 1));
                    entries.add(entries.getLast());
                    victim.journal(Victim.LEDGER, Victim.SEALED, entries);
                },
                HEADS);
    }

    @Test
    void aTruncatedTailIsMissedByTheCheckpoint() throws Exception {
        attack(
                "journal/security",
                () -> {
                    List<byte[]> entries = victim.entries(Victim.LEDGER);
                    int kept = Victim.SEALED + random.nextInt(Victim.ENTRIES - Victim.SEALED);
                    victim.journal(Victim.LEDGER, Victim.SEALED, entries.subList(0, kept));
                },
                SIZES);
    }

    @Test
    void reorderedEntriesContradictTheCheckpoint() throws Exception {
        attack(
                "ledger/security/checkpoint",
                () -> {
                    List<byte[]> entries = victim.entries(Victim.LEDGER);
                    int one = Victim.SEALED + random.nextInt(40);
                    Collections.swap(entries, one, one + 1 + random.nextInt(40));
                    victim.journal(Victim.LEDGER, Victim.SEALED, entries);
                },
                HEADS);
    }

    @Test
    void reorderedRowsOfASegmentContradictItsSeal() throws Exception {
        attack(
                "segments/security/",
                () -> {
                    List<byte[]> entries = victim.entries(Victim.LEDGER);
                    int one = 256 + random.nextInt(100);
                    Collections.swap(entries, one, one + 1 + random.nextInt(100));
                    victim.segment(second(), entries);
                },
                "FILE_SUMS",
                "RANGE_ROOTS",
                "SIDECARS",
                "TILES",
                HEADS);
    }

    @Test
    void aBackdatedEntryContradictsTheCheckpoint() throws Exception {
        attack(
                "ledger/security/checkpoint",
                () -> victim.journal(
                        Victim.LEDGER,
                        Victim.SEALED,
                        edited(
                                Victim.SEALED,
                                Victim.ENTRIES,
                                event -> event.toBuilder()
                                        .number(
                                                Field.TIME,
                                                event.number(Field.TIME).orElseThrow() - 3_600_000_000_000L)
                                        .number(
                                                Field.RECEIVED,
                                                event.number(Field.RECEIVED).orElseThrow() - 3_600_000_000_000L)
                                        .build())),
                HEADS);
    }

    /// The times of a segment in the manifest decide whether a search by time opens it.
    @Test
    void aSegmentThatTheManifestBackdatesContradictsRoot() throws Exception {
        attack(
                "manifest",
                () -> {
                    Segment of = second();
                    long by = 1L + random.nextInt(1_000_000_000);
                    victim.manifest(
                            of,
                            new Segment(
                                    of.ledger(),
                                    of.from(),
                                    of.to(),
                                    of.root(),
                                    of.file(),
                                    of.bytes(),
                                    of.sha256(),
                                    of.firstTime() - by,
                                    of.lastTime() - by));
                },
                "SEALS");
    }

    /// Most of a file has more than one check. The name of the program in the footer of a segment is read by
    /// nobody, and the sum over the file covers it all the same.
    @Test
    void aBitThatRotsWhereNobodyReadsIsFoundByTheSumOfTheFileAlone() throws Exception {
        attack(
                "segments/security/",
                () -> {
                    Path file = new SegmentFiles(victim.data).of(second());
                    byte[] bytes = Files.readAllBytes(file);
                    String text = new String(bytes, StandardCharsets.ISO_8859_1);
                    int name = text.lastIndexOf("DuckDB version");
                    assertThat(name).isPositive();
                    bytes[name + random.nextInt(6)] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, bytes);
                },
                "FILE_SUMS");
    }
}
