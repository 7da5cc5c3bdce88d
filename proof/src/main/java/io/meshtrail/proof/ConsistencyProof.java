package io.meshtrail.proof;

import java.util.Iterator;
import java.util.List;

/// A claim that the first `oldSize` entries of the tree of `newSize` are those of an older tree head (RFC
/// 9162 2.1.4,
/// ledger spec 1.6 and 1.7): nothing was changed, only appended. It holds whatever was sent; only [#proves]
/// tells
/// whether it is true.
public record ConsistencyProof(long oldSize, long newSize, List<Hash> hashes) {
    /// No tree below 2^63 entries needs more.
    public static final int MAX_HASHES = 63;

    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    public static ConsistencyProof build(long oldSize, long newSize, HashReader reader) {
        if (oldSize <= 0 || oldSize > newSize) {
            throw new IllegalArgumentException("no consistency proof from " + oldSize + " to " + newSize + " entries");
        }
        SubtreeProof proof = SubtreeProof.build(new Subtree(0, oldSize), newSize, reader);
        return new ConsistencyProof(oldSize, newSize, proof.hashes());
    }

    /// The steps of RFC 9162 2.1.4.2. An old size of 0 is refused: it would prove nothing.
    public boolean proves(Hash oldRoot, Hash newRoot) {
        // 1. The sizes make sense.
        if (oldSize <= 0 || oldSize > newSize) {
            return false;
        }
        if (oldSize == newSize) {
            return hashes.isEmpty() && oldRoot.equals(newRoot);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        // 2. An old tree that is one complete node starts the walk itself; else the proof opens with the node
        // to start
        // from.
        Iterator<Hash> proof = hashes.iterator();
        Hash fr = Long.bitCount(oldSize) == 1 ? oldRoot : proof.next();
        Hash sr = fr;
        long fn = oldSize - 1;
        long sn = newSize - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        // 3. Rebuild the old root and the new root from the same hashes.
        while (proof.hasNext()) {
            Hash c = proof.next();
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = Hash.node(c, fr);
                sr = Hash.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = Hash.node(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        // 4. Both roots came out, and the path is used up.
        return sn == 0 && fr.equals(oldRoot) && sr.equals(newRoot);
    }
}
