package io.meshtrail.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Timestamp;
import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.proof.Hash;
import io.meshtrail.segment.Segment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody takes entries away and calls it pruning. Without the key of `root` he can give no reason; with it
/// he can, and then the reason must fit the term, the holds, the seal and the tiles. `security` is kept for
/// 400 days.
class PrunedFolderTest {
    private static final String PRUNINGS = "PRUNINGS";
    private static final Duration LONG_AGO = Duration.ofDays(500);

    @TempDir
    private static Path folder;

    private static Victim victim;

    private final Random random = Seed.random();

    @BeforeAll
    static void build() throws Exception {
        victim = new Victim(folder);
    }

    /// Takes the first segment away and gives a reason, which is signed with the stolen key of `root`.
    ///
    /// @param age how old its youngest entry is said to be
    /// @param instead what the statement says otherwise than a true one
    private static void pruneWithReason(Duration age, Map<String, String> instead) throws Exception {
        pruneWithReason(victim.entries("root"), age, instead);
    }

    /// @param root what `root` said before
    private static void pruneWithReason(List<byte[]> root, Duration age, Map<String, String> instead) throws Exception {
        Segment gone = victim.prune();
        long now = now(root);
        Map<String, String> says = new TreeMap<>();
        says.put("ledger", gone.ledger());
        says.put("min", Long.toString(gone.to()));
        says.put("from", Long.toString(gone.from()));
        says.put("to", Long.toString(gone.to()));
        says.put("root", gone.root().base64());
        says.put("file", gone.file());
        says.put("sha256", gone.sha256().hex());
        says.put("first_time", Long.toString(gone.firstTime()));
        says.put("last_time", Long.toString(gone.lastTime()));
        says.put("newest_received", Timestamp.print(now - age.toNanos()));
        says.put("term", Duration.ofDays(400).toString());
        says.putAll(instead);
        root.add(statement("prune", now, says));
        victim.journal("root", 0, root);
        victim.sign("root", root, victim.stolenKey("root"));
    }

    private static long now(List<byte[]> root) {
        return Victim.event(root.getLast()).number(Field.RECEIVED).orElseThrow() + 1;
    }

    private static byte[] statement(String action, long received, Map<String, String> says) {
        AuditEvent.Builder event = AuditEvent.builder()
                .kind(Kind.LEDGER)
                .outcome(Outcome.CHANGED)
                .text(Field.ACTION, action)
                .number(Field.RECEIVED, received);
        says.forEach(event::attribute);
        return EventCodec.encode(event.build()).bytes();
    }

    private static void attack(String file, String words, Victim.Recipe recipe) throws Exception {
        victim.attacked(recipe, file, words, PRUNINGS);
    }

    @Test
    void entriesThatAreGoneWithoutRecordAreMissed() throws Exception {
        attack("manifest", "without record", victim::prune);
    }

    @Test
    void aPruningBeforeItsTermContradictsTheTermOnRecord() throws Exception {
        Duration age = Duration.ofSeconds(random.nextInt(400 * 24 * 3600));
        attack("root/", "too early", () -> pruneWithReason(age, Map.of()));
    }

    @Test
    void aPruningByATermOfItsOwnContradictsTheTermOnRecord() throws Exception {
        Duration term = Duration.ofDays(1 + random.nextInt(399));
        attack("root/", "the term is PT9600H", () -> pruneWithReason(LONG_AGO, Map.of("term", term.toString())));
    }

    @Test
    void aPruningOverAHoldContradictsTheHold() throws Exception {
        int held = random.nextInt(256);
        Victim.Recipe overAHold = () -> {
            List<byte[]> root = victim.entries("root");
            root.add(statement(
                    "hold",
                    now(root),
                    Map.of(
                            "id",
                            "0123456789abcdef",
                            "case",
                            "case 7",
                            "by",
                            "counsel",
                            "ledger",
                            Victim.LEDGER,
                            "from",
                            Integer.toString(held),
                            "to",
                            Integer.toString(held + 1))));
            pruneWithReason(root, LONG_AGO, Map.of());
        };
        attack("root/", "although hold 0123456789abcdef of case case 7", overAHold);
        attack("manifest", "keeps these entries, and they are gone", overAHold);
    }

    @Test
    void aPruningOfAnotherSegmentThanTheOneSealedContradictsItsSeal() throws Exception {
        Hash other = Hash.leaf(new byte[] {(byte) random.nextInt()});
        attack(
                "root/",
                "not the segment that was sealed there",
                () -> pruneWithReason(LONG_AGO, Map.of("sha256", other.hex())));
        attack(
                "ledger/security/tile/1/",
                "the tiles have",
                () -> pruneWithReason(LONG_AGO, Map.of("root", other.base64())));
    }

    @Test
    void aPruningOfLessThanIsGoneLeavesTheRestWithoutRecord() throws Exception {
        int to = 1 + random.nextInt(255);
        attack(
                "manifest",
                "without record",
                () -> pruneWithReason(LONG_AGO, Map.of("to", Integer.toString(to), "min", Integer.toString(to))));
    }

    @Test
    void aPruningThatCannotBeReadIsNoReason() throws Exception {
        List<String> names = List.of("from", "to", "newest_received", "term", "first_time", "last_time");
        String name = names.get(random.nextInt(names.size()));
        attack("root/", "the entry 'prune'", () -> pruneWithReason(LONG_AGO, Map.of(name, "soon")));
    }

    /// The hashes of what is gone hold up the rest of the tree.
    @Test
    void anEditedHashOfWhatIsGoneContradictsThePruningAndTheCheckpoint() throws Exception {
        victim.attacked(
                () -> {
                    pruneWithReason(LONG_AGO, Map.of());
                    byte[] tile = Files.readAllBytes(victim.tile());
                    tile[random.nextInt(Hash.BYTES)] ^= (byte) (1 << random.nextInt(8));
                    Files.write(victim.tile(), tile);
                },
                "ledger/security/",
                "",
                PRUNINGS,
                "HEADS");
    }

    /// The check knows of entries that are gone only what `root` says. Who has the key of `root` and lies
    /// well about the age of what he destroyed, against no hold, is believed.
    @Test
    void aPruningThatRootAccountsForIsBelieved() throws Exception {
        victim.restore();
        pruneWithReason(LONG_AGO, Map.of());
        assertThat(victim.check(Remembered.NOTHING, List.of()).findings()).isEmpty();
        assertThat(victim.check(victim.remembered(), List.of()).findings()).isEmpty();
    }
}
