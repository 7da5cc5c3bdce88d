package io.meshtrail.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.EntryBundle;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.HashReader;
import io.meshtrail.proof.InclusionProof;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TilePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Proofs, entries, notes and paths from a hostile hand. What our parsers refuse, a lax one takes: each test
/// shows both.
class ForgedInputTest {
    private final Random random = Seed.random();

    /// Every true path of a small tree, claimed for every other place and size: a verifier without the range
    /// check and without the check that the path is used up believes some.
    @Test
    void aPathThatIsClaimedForAnotherPlaceOrSizeIsRefused() {
        int size = 2 + random.nextInt(30);
        Map<String, Hash> nodes = new HashMap<>();
        CompactRange tree = new CompactRange();
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(Hash.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
            tree.append(leaves.get(i), (height, index, node) -> nodes.put(height + "/" + index, node));
        }
        HashReader reader = (height, index) -> nodes.get(height + "/" + index);
        int believedByTheLax = 0;
        for (int place = 0; place < size; place++) {
            InclusionProof proof = InclusionProof.build(place, size, reader);
            assertThat(proof.proves(leaves.get(place), tree.root())).isTrue();
            for (long claimed = 0; claimed < 3L * size; claimed++) {
                if (claimed != place) {
                    assertThat(new InclusionProof(claimed, size, proof.hashes()).proves(leaves.get(place), tree.root()))
                            .as("%d as %d of %d, seed %d", place, claimed, size, Seed.VALUE)
                            .isFalse();
                    believedByTheLax += lax(claimed, size, proof.hashes(), leaves.get(place), tree.root()) ? 1 : 0;
                }
            }
            for (long larger = 2L * size; larger < 8L * size; larger++) {
                believedByTheLax += lax(place, larger, proof.hashes(), leaves.get(place), tree.root()) ? 1 : 0;
            }
        }
        assertThat(believedByTheLax)
                .as("forgeries that a lax verifier believes")
                .isPositive();
    }

    /// RFC 9162 2.1.3.2 without its steps 1 and 5.
    private static boolean lax(long leafIndex, long treeSize, List<Hash> path, Hash leaf, Hash root) {
        long fn = leafIndex;
        long sn = treeSize - 1;
        Hash r = leaf;
        for (Hash p : path) {
            if ((fn & 1) == 1 || fn == sn) {
                r = Hash.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = Hash.node(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return r.equals(root);
    }

    /// Two readings of one entry: each is refused, because an entry has one form. A usual JSON parser takes
    /// them all.
    @Test
    void anEntryThatCanBeReadInTwoWaysIsNone() throws Exception {
        String received = "\"received\":\"2026-11-24T13:36:30.123456789Z\"";
        String sound = "{\"detail\":\"a\"," + received + ",\"v\":1}";
        assertThat(EventCodec.decode(sound.getBytes(StandardCharsets.UTF_8)).text(Field.DETAIL))
                .contains("a");
        for (String trick : List.of(
                "{\"detail\":\"a\",\"detail\":\"b\"," + received + ",\"v\":1}",
                "{" + received + ",\"detail\":\"a\",\"v\":1}",
                "{\"detail\":\"\\u0061\"," + received + ",\"v\":1}",
                "{\"detail\": \"a\"," + received + ",\"v\":1}",
                "{\"detail\":\"a\"," + received + ",\"v\":1.0}",
                "{\"detail\":\"a\"," + received + ",\"v\":1} ")) {
            assertThatThrownBy(() -> EventCodec.decode(trick.getBytes(StandardCharsets.UTF_8)))
                    .as(trick)
                    .isInstanceOf(EntryFormatException.class);
            JsonNode lax = JsonMapper.builder().build().readTree(trick);
            assertThat(lax.path("detail").asString())
                    .as("%s, read laxly", trick)
                    .isIn("a", "b");
        }
    }

    @Test
    void lookAlikeTextsAreTwoEntriesAndNoneBecomesTheOther() throws Exception {
        String composed = "caf\u00e9";
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        String cyrillic = "c\u0430f\u00e9";
        Set<Hash> hashes = new HashSet<>();
        Set<Hash> normalised = new HashSet<>();
        for (String name : List.of(composed, decomposed, cyrillic)) {
            AuditEvent event = AuditEvent.builder()
                    .text(Field.SOURCE_SERVICE, name)
                    .number(Field.RECEIVED, 1)
                    .build();
            byte[] entry = EventCodec.encode(event).bytes();
            assertThat(EventCodec.decode(entry).text(Field.SOURCE_SERVICE)).contains(name);
            hashes.add(Hash.leaf(entry));
            normalised.add(
                    Hash.leaf(Normalizer.normalize(new String(entry, StandardCharsets.UTF_8), Normalizer.Form.NFC)
                            .getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(hashes).hasSize(3);
        assertThat(normalised).as("a codec that normalises takes two for one").hasSize(2);
    }

    /// A hundred signatures and 64 KiB are what a note may have; it is the limits that refuse one more.
    @Test
    void aHugeNoteIsRefusedBeforeItIsRead() throws Exception {
        String text = "log.example/security\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        String line = "\u2014 log.example/security AAAAAAAA\n";
        assertThat(SignedNote.parse(text + "\n" + line.repeat(100)).signatures())
                .hasSize(100);
        assertThatThrownBy(() -> SignedNote.parse(text + "\n" + line.repeat(101)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than 100 signatures");
        int room = SignedNote.MAX_BYTES - (text + "\n\n" + line).getBytes(StandardCharsets.UTF_8).length;
        String full = text + "x".repeat(room) + "\n\n" + line;
        assertThat(SignedNote.parse(full.getBytes(StandardCharsets.UTF_8)).text())
                .hasSize(text.length() + room + 1);
        byte[] huge = ("x" + full).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SignedNote.parse(huge))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("65537 bytes");
    }

    @Test
    void tinyEntriesAreEntriesAndABundleThatLiesAboutThemIsRefused() throws Exception {
        List<byte[]> empty = Collections.nCopies(256, new byte[0]);
        byte[] bundle = EntryBundle.of(empty).bytes();
        assertThat(bundle).hasSize(512);
        assertThat(EntryBundle.parse(bundle, 256).entry(255)).isEmpty();
        byte[] lying = bundle.clone();
        lying[2 * random.nextInt(256) + 1] = (byte) (1 + random.nextInt(255));
        assertThatThrownBy(() -> EntryBundle.parse(lying, 256))
                .as("seed %d", Seed.VALUE)
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> EntryBundle.parse(bundle, 255)).isInstanceOf(MalformedException.class);
    }

    @Test
    void aPathThatLeavesItsFolderIsNoPath() throws Exception {
        Path folder = Path.of("/srv/data/ledger/security");
        for (String hostile : List.of(
                "tile/0/../../../../etc/passwd",
                "tile/../../../state/security.key",
                "tile/0/x001/../000",
                "tile/0/%2e%2e/000",
                "tile/00/000",
                "tile/0/000.p/256",
                "tile/0/0",
                "tile/0/x000/000",
                "tile/64/000",
                "/tile/0/000",
                "tile//000")) {
            assertThatThrownBy(() -> TilePath.parse(hostile)).as(hostile).isInstanceOf(MalformedException.class);
        }
        assertThat(TilePath.parse("tile/0/x001/234")).hasToString("tile/0/x001/234");
        assertThat(folder.resolve("tile/0/../../../../etc/passwd").normalize().startsWith(folder))
                .as("what a server that joins paths would read is inside")
                .isFalse();
    }
}
