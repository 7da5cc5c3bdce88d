package io.meshtrail.proof;

/// Where complete nodes come from: tiles, memory, or both. All proofs are built through this port.
///
/// A reader whose bytes cannot be had throws [java.io.UncheckedIOException]; it never guesses.
@FunctionalInterface
public interface HashReader {
    /// The hash over the leaves `[index * 2^height, (index + 1) * 2^height)`, all of which exist.
    ///
    /// @param height 0 (a leaf hash) to 62
    Hash completeNode(int height, long index);

    /// `MTH(D[start, end))` for a `start` that is a multiple of the largest power of two not above `end -
    /// start`, as
    /// every subtree inside a tree is (ledger spec 1.3): the length is split into its powers of two, largest
    /// first,
    /// and the parts are joined from the right.
    default Hash subtree(long start, long end) {
        long length = end - start;
        if (length < 0 || start < 0) {
            throw new IllegalArgumentException("no subtree [" + start + ", " + end + ")");
        }
        if (length == 0) {
            return Hash.EMPTY_ROOT;
        }
        long first = Long.highestOneBit(length);
        int height = Long.numberOfTrailingZeros(first);
        if ((start & (first - 1)) != 0) {
            throw new IllegalArgumentException("[" + start + ", " + end + ") is not a subtree of any tree");
        }
        Hash left = completeNode(height, start >>> height);
        return length == first ? left : Hash.node(left, subtree(start + first, end));
    }

    /// The root of the tree of the first `treeSize` leaves.
    default Hash root(long treeSize) {
        return subtree(0, treeSize);
    }
}
