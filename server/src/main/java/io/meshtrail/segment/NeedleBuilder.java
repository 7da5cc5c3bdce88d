package io.meshtrail.segment;

import io.meshtrail.proof.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Makes the sidecar of a segment from its values, in any order: the same rows give the same bytes. One
/// thread; needs 8 bytes for each different value of a block.
final class NeedleBuilder {
    /// A value that is in more blocks is not worth an entry for each.
    static final int MOST_BLOCKS = 8;

    private static final long BLOCK_MASK = 0xFF;

    /// Unsigned order for a sort that is signed.
    private static final long FLIP = Long.MIN_VALUE;

    private final long from;
    private final long to;
    private final long blockRows;
    private final long[] recent = new long[1 << 13];
    private long[] keys = new long[1 << 14];
    private int count;

    /// @param from the first leafIndex of the segment
    /// @param to one more than the last
    NeedleBuilder(long from, long to) {
        this.from = from;
        this.to = to;
        this.blockRows = NeedleLayout.blockRows(from, to);
        // No key ends in 255, so nothing is taken for known before it came.
        Arrays.fill(recent, BLOCK_MASK);
    }

    /// Adds a value of an entry.
    ///
    /// @param seed of its field
    void add(long leafIndex, int seed, byte[] text, int start, int end) {
        long key = NeedleHash.of(text, start, end, seed) & ~BLOCK_MASK | (leafIndex - from) / blockRows;
        // Most values recur many times in a block: remembering the last few saves a much larger sort.
        int slot = (int) (key >>> 64 - 13);
        if (recent[slot] == key) {
            return;
        }
        recent[slot] = key;
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
        }
        keys[count++] = key ^ FLIP;
    }

    /// The whole file.
    ///
    /// @param root the Merkle root of the segment
    byte[] build(Hash root) {
        Arrays.sort(keys, 0, count);
        int used = gathered();
        int bits = NeedleLayout.bucketBits(used);
        int cut = 64 - bits - NeedleLayout.REMAINDER_BITS;
        for (int i = 0; i < used; i++) {
            keys[i] = keys[i] >>> cut << 8 | keys[i] & BLOCK_MASK;
        }
        // Hashes that differ only in what is cut off stand in the order of their blocks now.
        Arrays.sort(keys, 0, used);
        return print(new NeedleLayout(from, to, root, bits, distinct(used)));
    }

    /// Brings the keys of one value together: each block once, or everywhere. Returns how many are left.
    private int gathered() {
        int used = 0;
        for (int i = 0; i < count; ) {
            long value = (keys[i] ^ FLIP) & ~BLOCK_MASK;
            int start = used;
            long before = -1;
            for (; i < count && ((keys[i] ^ FLIP) & ~BLOCK_MASK) == value; i++) {
                long block = keys[i] & BLOCK_MASK;
                if (block != before) {
                    keys[used++] = value | block;
                    before = block;
                }
            }
            if (used - start > MOST_BLOCKS) {
                keys[start] = value | NeedleLayout.EVERYWHERE;
                used = start + 1;
            }
        }
        return used;
    }

    private int distinct(int used) {
        int kept = 0;
        for (int i = 0; i < used; i++) {
            if (kept == 0 || keys[i] != keys[kept - 1]) {
                keys[kept++] = keys[i];
            }
        }
        return kept;
    }

    private byte[] print(NeedleLayout layout) {
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(layout.bytes()));
        layout.print(file);
        int next = 0;
        for (int bucket = 0; bucket <= layout.buckets(); bucket++) {
            while (next < layout.entries() && keys[next] >>> NeedleLayout.REMAINDER_BITS + 8 < bucket) {
                next++;
            }
            file.putInt(next);
        }
        for (int i = 0; i < layout.entries(); i++) {
            file.putInt((int) keys[i]);
        }
        file.put(SegmentFiles.digest().digest(Arrays.copyOf(file.array(), file.capacity() - NeedleLayout.TRAILER)));
        return file.array();
    }
}
