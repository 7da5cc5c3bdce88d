package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// RFC 6962 2.1 as it stands in the book: slow, recursive, and easy to believe. The judge of the real code.
final class Textbook {
    private Textbook() {}

    static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.EMPTY_ROOT;
        }
        int n = leaves.size();
        return n == 1 ? leaves.get(0) : Hash.node(root(leaves.subList(0, split(n))), root(leaves.subList(split(n), n)));
    }

    static List<Hash> path(int m, List<Hash> leaves) {
        int n = leaves.size();
        if (n == 1) {
            return List.of();
        }
        List<Hash> left = leaves.subList(0, split(n));
        List<Hash> right = leaves.subList(split(n), n);
        return m < split(n) ? plus(path(m, left), root(right)) : plus(path(m - split(n), right), root(left));
    }

    static List<Hash> proof(int m, List<Hash> leaves, boolean known) {
        int n = leaves.size();
        if (m == n) {
            return known ? List.of() : List.of(root(leaves));
        }
        List<Hash> left = leaves.subList(0, split(n));
        List<Hash> right = leaves.subList(split(n), n);
        return m <= split(n)
                ? plus(proof(m, left, known), root(right))
                : plus(proof(m - split(n), right, false), root(left));
    }

    /// The largest power of two smaller than `n`.
    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    private static List<Hash> plus(List<Hash> hashes, Hash last) {
        List<Hash> all = new ArrayList<>(hashes);
        all.add(last);
        return all;
    }

    /// Complete nodes straight from a list of leaf hashes.
    static HashReader reader(List<Hash> leaves) {
        return (height, index) -> {
            int first = Math.toIntExact(index << height);
            return root(leaves.subList(first, first + (1 << height)));
        };
    }

    /// Leaves that are all different.
    static List<Hash> leaves(int count) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(Hash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
        }
        return leaves;
    }
}
