package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// A claim that a [Subtree] with some hash is part of the tree of `treeSize` entries with some root (ledger
/// spec
/// 1.8). The general case: a subtree that starts at 0 makes it a consistency proof, one of a single entry an
/// inclusion proof.
///
/// @param hashes from the bottom of the tree to its top
public record SubtreeProof(Subtree subtree, long treeSize, List<Hash> hashes) {
    public SubtreeProof {
        hashes = List.copyOf(hashes);
    }

    public static SubtreeProof build(Subtree subtree, long treeSize, HashReader reader) {
        if (subtree.end() > treeSize) {
            throw new IllegalArgumentException(subtree + " reaches beyond the tree of " + treeSize + " entries");
        }
        List<Hash> hashes = new ArrayList<>();
        if (!subtree.isEmpty()) {
            collect(subtree.start(), subtree.end(), 0, treeSize, true, reader, hashes);
        }
        return new SubtreeProof(subtree, treeSize, hashes);
    }

    /// `SP(start, end, low, high, known)` of the spec, in absolute places. `known` says that the verifier has
    /// the
    /// hash of `[start, end)` itself, so it is left out.
    private static void collect(
            long start, long end, long low, long high, boolean known, HashReader reader, List<Hash> hashes) {
        if (start == low && end == high) {
            if (!known) {
                hashes.add(reader.subtree(low, high));
            }
            return;
        }
        long middle = low + Long.highestOneBit(high - low - 1);
        if (end <= middle) {
            collect(start, end, low, middle, known, reader, hashes);
            hashes.add(reader.subtree(middle, high));
        } else if (middle <= start) {
            collect(start, end, middle, high, known, reader, hashes);
            hashes.add(reader.subtree(low, middle));
        } else {
            collect(middle, end, middle, high, false, reader, hashes);
            hashes.add(reader.subtree(low, middle));
        }
    }

    /// Whether the claim holds; the steps are those of spec 1.8.
    public boolean proves(Hash subtreeHash, Hash root) {
        // 1. The shape makes sense; an empty subtree is part of every tree.
        if (subtree.end() > treeSize) {
            return false;
        }
        if (subtree.isEmpty()) {
            return hashes.isEmpty() && subtreeHash.equals(Hash.EMPTY_ROOT);
        }
        // 2. and 3. Climb to where the subtree's right edge stops being the right edge of a complete node.
        long fn = subtree.start();
        long sn = subtree.end() - 1;
        long tn = treeSize - 1;
        while (sn == tn ? fn != sn : fn != sn && (sn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
            tn >>>= 1;
        }
        // 4. Below that place the subtree is one node, or the proof opens with the node to start from.
        int next = 0;
        Hash fr = subtreeHash;
        if (fn != sn) {
            if (hashes.isEmpty()) {
                return false;
            }
            fr = hashes.get(next++);
        }
        Hash sr = fr;
        // 5. Rebuild both hashes upwards.
        for (; next < hashes.size(); next++) {
            Hash c = hashes.get(next);
            if (tn == 0) {
                return false;
            }
            if ((sn & 1) == 1 || sn == tn) {
                if (fn < sn) {
                    fr = Hash.node(c, fr);
                }
                sr = Hash.node(c, sr);
                while ((sn & 1) == 0 && sn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                    tn >>>= 1;
                }
            } else {
                sr = Hash.node(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
            tn >>>= 1;
        }
        // 6. The path is used up and both ends meet.
        return tn == 0 && fr.equals(subtreeHash) && sr.equals(root);
    }
}
