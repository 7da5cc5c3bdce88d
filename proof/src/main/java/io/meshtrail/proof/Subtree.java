package io.meshtrail.proof;

import java.util.List;

/// The entries `[start, end)` of a ledger, where `start` is a multiple of the smallest power of two not below
/// the
/// length (ledger spec 1.8): a part of the tree that has a hash and a proof of its own.
public record Subtree(long start, long end) {
    public Subtree {
        if (!isValid(start, end)) {
            throw new IllegalArgumentException("[" + start + ", " + end + ") is not a valid subtree");
        }
    }

    public static boolean isValid(long start, long end) {
        if (start < 0 || end < start) {
            return false;
        }
        long length = end - start;
        if (length <= 1) {
            return true;
        }
        long highest = Long.highestOneBit(length - 1);
        if (highest == 1L << 62) {
            return start == 0;
        }
        return (start & (2 * highest - 1)) == 0;
    }

    public long length() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /// A claim about one of its entries, against the subtree's own hash: an inclusion proof in a tree of just
    /// these.
    ///
    /// @param leafIndex the entry's place in the ledger
    public InclusionProof inclusion(long leafIndex, List<Hash> hashes) {
        // A leafIndex outside becomes one that no proof can verify.
        return new InclusionProof(leafIndex < start ? -1 : leafIndex - start, length(), hashes);
    }
}
