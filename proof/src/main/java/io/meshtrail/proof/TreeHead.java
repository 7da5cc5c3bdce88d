package io.meshtrail.proof;

import java.util.Comparator;

/// The size of a tree and the root over its entries; what a checkpoint signs. One without the other proves
/// nothing:
/// trees of different sizes may share the shape of a path.
public record TreeHead(long treeSize, Hash root) implements Comparable<TreeHead> {
    public static final TreeHead EMPTY = new TreeHead(0, Hash.EMPTY_ROOT);

    public TreeHead {
        if (treeSize < 0) {
            throw new IllegalArgumentException("tree size " + treeSize + " is negative");
        }
        if (treeSize == 0 && !root.equals(Hash.EMPTY_ROOT)) {
            throw new IllegalArgumentException("the empty tree has the root " + Hash.EMPTY_ROOT + ", not " + root);
        }
    }

    @Override
    public int compareTo(TreeHead other) {
        return Comparator.comparingLong(TreeHead::treeSize)
                .thenComparing(TreeHead::root)
                .compare(this, other);
    }
}
