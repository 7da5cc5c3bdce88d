package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Every leaf of every tree up to 300 entries against the textbook; then everything that must fail.
final class ExhaustiveProofTest {
    private static final int MAX = 300;
    private static final List<Hash> LEAVES = Textbook.leaves(MAX);

    /// Complete nodes computed once, so that three hundred trees stay cheap.
    private static final HashReader READER = nodes();

    private static HashReader nodes() {
        List<List<Hash>> heights = new ArrayList<>();
        CompactRange range = new CompactRange();
        for (int i = 0; i < 10; i++) {
            heights.add(new ArrayList<>());
        }
        LEAVES.forEach(leaf ->
                range.append(leaf, (height, index, hash) -> heights.get(height).add(hash)));
        return (height, index) -> heights.get(height).get(Math.toIntExact(index));
    }

    @Test
    void everyRootAndRangeRootIsTheTextbooks() throws Exception {
        CompactRange range = new CompactRange();
        for (int n = 0; n <= MAX; n++) {
            Hash root = Textbook.root(LEAVES.subList(0, n));
            assertThat(range.head()).isEqualTo(new TreeHead(n, root));
            assertThat(READER.root(n)).isEqualTo(root);
            assertThat(CompactRange.restore(n, range.nodes()).root()).isEqualTo(root);
            assertThat(CompactRange.read(n, READER).nodes()).isEqualTo(range.nodes());
            byte[] flat = new byte[n * Hash.BYTES];
            for (int i = 0; i < n; i++) {
                LEAVES.get(i).writeTo(flat, i * Hash.BYTES);
            }
            assertThat(TreeHasher.get().root(flat, 0, n)).isEqualTo(root);
            if (n < MAX) {
                CompactRange before = range.copy();
                range.append(LEAVES.get(n));
                assertThat(before.size()).isEqualTo(n);
            }
        }
    }

    @Test
    void everyInclusionProofIsTheTextbooksAndProves() {
        for (int n = 1; n <= MAX; n++) {
            Hash root = READER.root(n);
            for (int i = 0; i < n; i++) {
                InclusionProof proof = InclusionProof.build(i, n, READER);
                if (n <= 80 || i % 17 == 0 || i == n - 1) {
                    assertThat(proof.hashes()).isEqualTo(Textbook.path(i, LEAVES.subList(0, n)));
                }
                assertThat(proof.proves(LEAVES.get(i), root)).isTrue();
                assertThat(new SubtreeProof(new Subtree(i, i + 1), n, proof.hashes()).proves(LEAVES.get(i), root))
                        .isTrue();
                assertThat(proof.proves(LEAVES.get((i + 1) % MAX), root)).isFalse();
            }
        }
    }

    @Test
    void everyConsistencyProofIsTheTextbooksAndProves() {
        for (int n = 1; n <= MAX; n++) {
            for (int m = 1; m <= n; m++) {
                ConsistencyProof proof = ConsistencyProof.build(m, n, READER);
                if (n <= 80 || m % 17 == 0 || m == n - 1) {
                    assertThat(proof.hashes()).isEqualTo(Textbook.proof(m, LEAVES.subList(0, n), true));
                }
                assertThat(proof.proves(READER.root(m), READER.root(n))).isTrue();
                assertThat(new SubtreeProof(new Subtree(0, m), n, proof.hashes())
                                .proves(READER.root(m), READER.root(n)))
                        .isTrue();
            }
        }
    }

    @Test
    void aHashTooManyOrTooFewOrChangedProvesNothing() throws Exception {
        for (int n = 1; n <= 70; n++) {
            Hash root = READER.root(n);
            for (int i = 0; i < n; i++) {
                List<Hash> hashes = InclusionProof.build(i, n, READER).hashes();
                for (List<Hash> bad : spoiled(hashes, root)) {
                    assertThat(new InclusionProof(i, n, bad).proves(LEAVES.get(i), root))
                            .isFalse();
                }
                List<Hash> consistency =
                        ConsistencyProof.build(i + 1, n, READER).hashes();
                for (List<Hash> bad : spoiled(consistency, root)) {
                    assertThat(new ConsistencyProof(i + 1, n, bad).proves(READER.root(i + 1), root))
                            .isFalse();
                    assertThat(new SubtreeProof(new Subtree(0, i + 1), n, bad).proves(READER.root(i + 1), root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void everyFlippedBitOfAProofIsNoticed() throws Exception {
        InclusionProof proof = InclusionProof.build(200, 300, READER);
        Hash root = READER.root(300);
        for (int h = 0; h < proof.hashes().size(); h++) {
            for (int bit = 0; bit < 256; bit++) {
                List<Hash> bad = new ArrayList<>(proof.hashes());
                bad.set(h, flipped(bad.get(h), bit));
                assertThat(new InclusionProof(200, 300, bad).proves(LEAVES.get(200), root))
                        .isFalse();
            }
        }
    }

    @Test
    void aProofHoldsForNoOtherPlace() {
        for (int n = 1; n <= 64; n++) {
            Hash root = READER.root(n);
            for (int i = 0; i < n; i++) {
                List<Hash> hashes = InclusionProof.build(i, n, READER).hashes();
                for (long other : new long[] {-1, i ^ 1, i + 2, n, n + 1, i + 256, Long.MAX_VALUE, Long.MIN_VALUE}) {
                    if (other != i) {
                        assertThat(new InclusionProof(other, n, hashes).proves(LEAVES.get(i), root))
                                .isFalse();
                    }
                }
                // The published Java verifier that takes leaf 0 of 4 for leaf 0 of 100 does not look whether
                // the path
                // is used up.
                for (long size : new long[] {-1, 0, 4 * n + 100, Long.MAX_VALUE}) {
                    assertThat(new InclusionProof(i, size, hashes).proves(LEAVES.get(i), root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void hugeSizesAreAnsweredWithoutEnd() {
        Random random = new Random(20261124);
        for (int i = 0; i < 2_000; i++) {
            List<Hash> hashes = new ArrayList<>(LEAVES.subList(0, random.nextInt(66)));
            long a = random.nextLong();
            long b = random.nextLong() >>> random.nextInt(64);
            assertThat(new InclusionProof(a, b, hashes).proves(LEAVES.get(0), LEAVES.get(1)))
                    .isFalse();
            assertThat(new ConsistencyProof(a, b, hashes).proves(LEAVES.get(0), LEAVES.get(1)))
                    .isFalse();
            long start = a >>> 1;
            if (start < Long.MAX_VALUE && start < b) {
                assertThat(new SubtreeProof(new Subtree(start, start + 1), b, hashes)
                                .proves(LEAVES.get(0), LEAVES.get(1)))
                        .isFalse();
            }
        }
    }

    private static List<List<Hash>> spoiled(List<Hash> hashes, Hash root) throws MalformedException {
        List<List<Hash>> all = new ArrayList<>();
        for (int h = 0; h <= hashes.size(); h++) {
            List<Hash> more = new ArrayList<>(hashes);
            more.add(h, root);
            all.add(more);
            if (h < hashes.size()) {
                List<Hash> fewer = new ArrayList<>(hashes);
                fewer.remove(h);
                all.add(fewer);
                List<Hash> changed = new ArrayList<>(hashes);
                changed.set(h, flipped(changed.get(h), h));
                all.add(changed);
            }
        }
        return all;
    }

    private static Hash flipped(Hash hash, int bit) throws MalformedException {
        byte[] bytes = hash.bytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Hash.of(bytes);
    }
}
