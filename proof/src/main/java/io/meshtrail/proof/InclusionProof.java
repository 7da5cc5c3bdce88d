package io.meshtrail.proof;

import java.util.List;
import java.util.Optional;

/// A claim that a leaf hash is the one at `leafIndex` of the tree of `treeSize` entries (RFC 9162 2.1.3,
/// ledger spec
/// 1.4 and 1.5). It holds whatever was sent; only [#proves] tells whether it is true.
///
/// @param hashes the siblings on the way up, the leaf's own sibling first
public record InclusionProof(long leafIndex, long treeSize, List<Hash> hashes) {
    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    public static InclusionProof build(long leafIndex, long treeSize, HashReader reader) {
        if (leafIndex < 0 || leafIndex >= treeSize) {
            throw new IllegalArgumentException("no entry " + leafIndex + " in a tree of " + treeSize);
        }
        SubtreeProof proof = SubtreeProof.build(new Subtree(leafIndex, leafIndex + 1), treeSize, reader);
        return new InclusionProof(leafIndex, treeSize, proof.hashes());
    }

    public boolean proves(Hash leafHash, Hash root) {
        return root(leafHash).map(root::equals).orElse(false);
    }

    /// The root that this path leads to from `leafHash` (RFC 9162 2.1.3.2), or nothing if a path of this length
    /// cannot belong to this leafIndex and size. Compare it with the root of a *verified checkpoint of the same
    /// size*.
    public Optional<Hash> root(Hash leafHash) {
        // 1. Without this check an index beyond the tree would walk some other leaf's path.
        if (leafIndex < 0 || leafIndex >= treeSize) {
            return Optional.empty();
        }
        long fn = leafIndex;
        long sn = treeSize - 1;
        Hash r = leafHash;
        // 2. One sibling at a time; on the right edge levels without a sibling are skipped.
        for (Hash p : hashes) {
            if (sn == 0) {
                return Optional.empty();
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = Hash.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = Hash.node(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        // 3. A path that stops below the top proves another, smaller tree.
        return sn == 0 ? Optional.of(r) : Optional.empty();
    }
}
