package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Published vectors: RFC 6962 samples, every small proof byte for byte, 518 good and hostile probes, and
/// digests
/// over all proofs of all trees up to 130 entries (must-pass items 1 to 4).
final class MerkleVectorsTest {
    @Test
    void hashesAndRootsAreThoseOfTheReferenceTree() throws Exception {
        Json vectors = Json.read("merkle/roots.json");
        List<Json> primitives = vectors.get("hash_primitives").list();
        assertThat(Hash.EMPTY_ROOT)
                .isEqualTo(primitives.get(0).get("sha256_hex").hex());
        assertThat(Hash.leaf(new byte[0]))
                .isEqualTo(primitives.get(1).get("sha256_hex").hex());
        assertThat(Hash.leaf(Utf8.encode("L123456")))
                .isEqualTo(primitives.get(2).get("sha256_hex").hex());

        List<Json> leaves = vectors.get("leaves_hex").list();
        List<Json> roots = vectors.get("roots_hex_by_size").list();
        CompactRange range = new CompactRange();
        List<List<Hash>> nodes = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        assertThat(range.root()).isEqualTo(roots.get(0).hex());
        for (int i = 0; i < leaves.size(); i++) {
            range.append(Hash.leaf(leaves.get(i).hexBytes()), (height, index, hash) -> {
                assertThat(nodes.get(height)).hasSize(Math.toIntExact(index));
                nodes.get(height).add(hash);
            });
            assertThat(range.head())
                    .isEqualTo(new TreeHead(i + 1, roots.get(i + 1).hex()));
        }
        List<Json> complete = vectors.get("complete_node_hashes_hex").list();
        for (int height = 0; height < complete.size(); height++) {
            assertThat(nodes.get(height)).isEqualTo(complete.get(height).hexes());
        }
    }

    @Test
    void rootsOfBiggerTreesAreThePublishedOnes() throws Exception {
        CompactRange range = new CompactRange();
        int checked = 0;
        for (Json root : Json.read("merkle/roots.json")
                .get("two_byte_leaves")
                .get("roots")
                .list()) {
            for (long i = range.size(); i < root.get("size").number(); i++) {
                range.append(Hash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
            }
            assertThat(range.root()).isEqualTo(root.get("root_b64").base64());
            checked++;
        }
        assertThat(checked).isEqualTo(12);
    }

    @Test
    void everySmallInclusionProofIsBuiltByteForByteAndVerifies() throws Exception {
        HashReader reader = sampleTree();
        for (Json one : Json.read("merkle/inclusion-all-0-8.json").get("cases").list()) {
            InclusionProof proof = InclusionProof.build(
                    one.get("index").number(), one.get("size").number(), reader);
            assertThat(proof.hashes()).isEqualTo(one.get("proof_hex").hexes());
            assertThat(proof.proves(
                            one.get("leaf_hash_hex").hex(), one.get("root_hex").hex()))
                    .isTrue();
        }
    }

    @Test
    void everySmallConsistencyProofIsBuiltByteForByteAndVerifies() throws Exception {
        HashReader reader = sampleTree();
        for (Json one :
                Json.read("merkle/consistency-all-0-8.json").get("cases").list()) {
            long oldSize = one.get("size1").number();
            long newSize = one.get("size2").number();
            List<Hash> expected = one.get("proof_hex").hexes();
            if (oldSize > 0) {
                assertThat(ConsistencyProof.build(oldSize, newSize, reader).hashes())
                        .isEqualTo(expected);
            }
            assertThat(new ConsistencyProof(oldSize, newSize, expected)
                            .proves(
                                    one.get("root1_hex").hex(),
                                    one.get("root2_hex").hex()))
                    .as("%d to %d", oldSize, newSize)
                    .isEqualTo(oldSize > 0);
        }
    }

    @Test
    void all518ProbesHaveTheStatedVerdict() throws Exception {
        int probes = 0;
        for (String kind : List.of("inclusion", "consistency", "subtree-inclusion", "subtree-consistency")) {
            Json file = Json.read("merkle/probes-" + kind + ".json");
            assertThat(file.get("cases").list()).hasSize((int) file.get("count").number());
            for (Json probe : file.get("cases").list()) {
                assertThat(accepts(kind, probe))
                        .as("%s %s", kind, probe.get("file").text())
                        .isEqualTo(!probe.get("wantErr").flag());
                probes++;
            }
        }
        assertThat(probes).isEqualTo(518);
    }

    private static boolean accepts(String kind, Json probe) {
        try {
            List<Hash> hashes = probe.get("proof").base64s();
            return switch (kind) {
                case "inclusion" ->
                    new InclusionProof(
                                    probe.get("leafIdx").number(),
                                    probe.get("treeSize").number(),
                                    hashes)
                            .proves(probe.get("leafHash").base64(), root(probe.get("root")));
                case "consistency" ->
                    new ConsistencyProof(
                                    probe.get("size1").number(),
                                    probe.get("size2").number(),
                                    hashes)
                            .proves(root(probe.get("root1")), root(probe.get("root2")));
                case "subtree-inclusion" -> {
                    long start = probe.get("start").number();
                    long end = probe.get("end").number();
                    yield Subtree.isValid(start, end)
                            && new Subtree(start, end)
                                    .inclusion(probe.get("leafIdx").number(), hashes)
                                    .proves(probe.get("leafHash").base64(), root(probe.get("root")));
                }
                default -> {
                    long start = probe.get("start").number();
                    long end = probe.get("end").number();
                    yield Subtree.isValid(start, end)
                            && new SubtreeProof(
                                            new Subtree(start, end),
                                            probe.get("size").number(),
                                            hashes)
                                    .proves(root(probe.get("root1")), root(probe.get("root2")));
                }
            };
        } catch (MalformedException notAHash) {
            return false;
        }
    }

    /// Where the published probe does not care about the root it holds a few words instead of a hash. Filled
    /// up with
    /// zeros they are as arbitrary as before.
    private static Hash root(Json base64) throws MalformedException {
        byte[] bytes = Base64Text.decode(base64.text(), "root");
        return Hash.of(Arrays.copyOf(bytes, Math.max(bytes.length, Hash.BYTES)));
    }

    @Test
    void theDigestsOverAllProofsUpTo130EntriesAreThePublishedOnes() throws Exception {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            leaves.add(Hash.leaf(new byte[] {(byte) i}));
        }
        HashReader reader = Textbook.reader(leaves);
        List<Json> cases = Json.read("merkle/accumulated.json").get("cases").list();
        check(
                cases.get(0),
                lines -> subtrees(
                        130,
                        subtree -> lines.append("[%d, %d) %s"
                                        .formatted(
                                                subtree.start(),
                                                subtree.end(),
                                                reader.subtree(subtree.start(), subtree.end())
                                                        .hex()))
                                .append('\n')));
        check(
                cases.get(1),
                lines -> subtrees(130, subtree -> {
                    for (long i = subtree.start(); i < subtree.end(); i++) {
                        HashReader inside =
                                (height, index) -> reader.completeNode(height, index + (subtree.start() >>> height));
                        InclusionProof proof = InclusionProof.build(i - subtree.start(), subtree.length(), inside);
                        line(lines, "%d [%d, %d)".formatted(i, subtree.start(), subtree.end()), proof.hashes());
                    }
                }));
        check(cases.get(2), lines -> {
            for (int n = 0; n <= 130; n++) {
                long size = n;
                subtrees(
                        n,
                        subtree -> line(
                                lines,
                                "[%d, %d) %d".formatted(subtree.start(), subtree.end(), size),
                                SubtreeProof.build(subtree, size, reader).hashes()));
            }
        });
        check(cases.get(3), lines -> {
            for (int n = 1; n <= 130; n++) {
                for (int i = 0; i < n; i++) {
                    line(lines, i + " " + n, InclusionProof.build(i, n, reader).hashes());
                }
            }
        });
        check(cases.get(4), lines -> {
            for (int n = 1; n <= 130; n++) {
                for (int m = 1; m <= n; m++) {
                    line(
                            lines,
                            m + " " + n,
                            ConsistencyProof.build(m, n, reader).hashes());
                }
            }
        });
    }

    private static void check(Json expected, Consumer<StringBuilder> writer) throws MalformedException {
        StringBuilder lines = new StringBuilder();
        writer.accept(lines);
        assertThat(TreeHasher.get().sha256(Utf8.encode(lines.toString())))
                .as(expected.get("name").text())
                .isEqualTo(expected.get("sha256_hex").hex());
    }

    private static void subtrees(long max, Consumer<Subtree> each) {
        for (long end = 0; end <= max; end++) {
            for (long start = 0; start <= end; start++) {
                if (Subtree.isValid(start, end)) {
                    each.accept(new Subtree(start, end));
                }
            }
        }
    }

    private static void line(StringBuilder lines, String what, List<Hash> hashes) {
        lines.append(what);
        hashes.forEach(hash -> lines.append(' ').append(hash.hex()));
        lines.append('\n');
    }

    private static HashReader sampleTree() throws Exception {
        List<Hash> leaves = new ArrayList<>();
        for (Json leaf : Json.read("merkle/roots.json").get("leaves_hex").list()) {
            leaves.add(Hash.leaf(leaf.hexBytes()));
        }
        return Textbook.reader(leaves);
    }
}
