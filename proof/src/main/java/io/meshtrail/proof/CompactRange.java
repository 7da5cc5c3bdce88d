package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// A growing tree in O(log n) memory (ledger spec 1.1): its size, and the complete nodes that cover it, tallest
/// first. There is one for every 1 bit of the size.
///
/// Also computes `MTH(D[a, b))` of any run of leaf hashes, by starting empty at `a`. Not for several threads
/// at once.
public final class CompactRange {
    private static final int MAX_NODES = 63;
    private static final NodeSink NOBODY = (height, index, hash) -> {};

    private final TreeHasher hasher = new TreeHasher();
    private final byte[] nodes = new byte[(MAX_NODES + 1) * Hash.BYTES];
    private int depth;
    private long size;

    public CompactRange() {}

    /// Continues a tree of `size` leaves from the nodes that [#nodes()] once answered.
    public static CompactRange restore(long size, List<Hash> nodes) throws MalformedException {
        if (size < 0 || Long.bitCount(size) != nodes.size()) {
            throw new MalformedException("a compact range of size " + size + " has " + Long.bitCount(size)
                    + " nodes, found " + nodes.size());
        }
        CompactRange range = new CompactRange();
        range.size = size;
        for (Hash node : nodes) {
            node.writeTo(range.nodes, range.depth++ * Hash.BYTES);
        }
        return range;
    }

    /// Reads the covering nodes of the first `size` leaves from tiles or memory.
    public static CompactRange read(long size, HashReader reader) {
        CompactRange range = new CompactRange();
        for (long rest = size; rest != 0; rest -= Long.highestOneBit(rest)) {
            int height = 63 - Long.numberOfLeadingZeros(rest);
            range.appendNode(height, reader.completeNode(height, range.size >>> height));
        }
        return range;
    }

    public CompactRange copy() {
        CompactRange copy = new CompactRange();
        System.arraycopy(nodes, 0, copy.nodes, 0, depth * Hash.BYTES);
        copy.depth = depth;
        copy.size = size;
        return copy;
    }

    public void append(Hash leafHash) {
        appendNode(0, leafHash);
    }

    public void append(Hash leafHash, NodeSink completed) {
        leafHash.writeTo(nodes, depth * Hash.BYTES);
        grow(0, completed);
    }

    /// Appends the leaf hash that lies at `offset`, without an object for it.
    public void append(byte[] leafHashes, int offset) {
        System.arraycopy(leafHashes, offset, nodes, depth * Hash.BYTES, Hash.BYTES);
        grow(0, NOBODY);
    }

    /// Appends a whole complete subtree of `2^height` leaves; the size must be a multiple of that.
    public void appendNode(int height, Hash node) {
        node.writeTo(nodes, depth * Hash.BYTES);
        grow(height, NOBODY);
    }

    /// The same, telling which taller nodes this completed (the appended one included).
    public void appendNode(int height, Hash node, NodeSink completed) {
        node.writeTo(nodes, depth * Hash.BYTES);
        grow(height, completed);
    }

    /// The newest node lies on top of the stack. While it is a right child its sibling lies just below: join
    /// them.
    private void grow(int height, NodeSink completed) {
        if (height < 0 || height > 62 || (size & ((1L << height) - 1)) != 0) {
            throw new IllegalArgumentException("a node of height " + height + " cannot follow " + size + " leaves");
        }
        if (size > Long.MAX_VALUE - (1L << height)) {
            throw new IllegalArgumentException("a tree of 2^63 leaves is not supported");
        }
        depth++;
        int h = height;
        long index = size >>> height;
        tell(completed, h, index);
        for (; (index & 1) == 1; index >>>= 1) {
            int left = (depth - 2) * Hash.BYTES;
            hasher.node(nodes, left, nodes, left + Hash.BYTES, nodes, left);
            depth--;
            h++;
            tell(completed, h, index >>> 1);
        }
        size += 1L << height;
    }

    private void tell(NodeSink completed, int height, long index) {
        if (!completed.equals(NOBODY)) {
            completed.node(height, index, Hash.at(nodes, (depth - 1) * Hash.BYTES));
        }
    }

    /// The number of leaves.
    public long size() {
        return size;
    }

    /// Joins the nodes from the shortest to the tallest; they stay as they are.
    public Hash root() {
        if (depth == 0) {
            return Hash.EMPTY_ROOT;
        }
        byte[] root = new byte[Hash.BYTES];
        System.arraycopy(nodes, (depth - 1) * Hash.BYTES, root, 0, Hash.BYTES);
        for (int i = depth - 2; i >= 0; i--) {
            hasher.node(nodes, i * Hash.BYTES, root, 0, root, 0);
        }
        return Hash.owning(root);
    }

    public TreeHead head() {
        return new TreeHead(size, root());
    }

    /// The covering nodes, tallest first; with the size, all that must be kept to go on.
    public List<Hash> nodes() {
        List<Hash> all = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            all.add(Hash.at(nodes, i * Hash.BYTES));
        }
        return List.copyOf(all);
    }
}
