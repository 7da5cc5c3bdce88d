package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TreeHasher;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What was hashed a moment ago is not hashed again, and what is false is never remembered.
class ProvenTilesTest {
    private static byte[] leaves(int seed) {
        byte[] leaves = new byte[256 * Hash.BYTES];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = (byte) (i * 31 + seed);
        }
        return leaves;
    }

    @Test
    void theTileThatNobodyAskedForLongestGoesFirst() {
        ProvenTiles tiles = new ProvenTiles();
        for (long i = 0; i < 512; i++) {
            tiles.put(i, new byte[] {(byte) i});
        }
        assertThat(tiles.get(0)).contains(new byte[] {0});
        tiles.put(512, new byte[1]);
        assertThat(tiles.get(0)).contains(new byte[] {0});
        assertThat(tiles.get(1)).isEmpty();
        assertThat(tiles.get(512)).isPresent();
    }

    @Test
    void aTileOfSealedEntriesIsReadFromRowsOnce() throws Exception {
        byte[] leaves = leaves(1);
        AtomicInteger reads = new AtomicInteger();
        LedgerTree tree = LedgerTree.ofSealed(levelOne(leaves), tile -> {
            reads.incrementAndGet();
            return leaves;
        });
        assertThat(tree.tile(0, 0, 256)).isEqualTo(leaves);
        assertThat(tree.tile(0, 0, 256)).isEqualTo(leaves);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aTileThatIsNotTheTreesIsRefusedEachTimeAndNotKept() {
        LedgerTree tree = LedgerTree.ofSealed(levelOne(leaves(1)), tile -> leaves(2));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tree.tile(0, 0, 256))
                    .isInstanceOf(EntryUnavailableException.class)
                    .hasMessageContaining("entries 0 to 255");
        }
        assertThat(tree.proven(0)).isEmpty();
    }

    private static byte[] levelOne(byte[] leaves) {
        byte[] root = new byte[Hash.BYTES];
        TreeHasher.get().root(leaves, 0, 256).writeTo(root, 0);
        return root;
    }
}
