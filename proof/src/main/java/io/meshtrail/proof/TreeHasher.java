package io.meshtrail.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 in the two roles of RFC 6962 (ledger spec section 1), from array to array, without allocating.
///
/// One instance serves one thread at a time; [#get()] answers the one of the calling thread.
public final class TreeHasher {
    private static final int BYTES = 32;
    private static final ThreadLocal<TreeHasher> OF_THREAD = ThreadLocal.withInitial(TreeHasher::new);

    private final MessageDigest sha256;

    /// `0x01 || left || right`, reused: children are copied in before the result is written, so both may
    /// share an
    /// array.
    private final byte[] node = new byte[1 + 2 * BYTES];

    public TreeHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        node[0] = 1;
    }

    public static TreeHasher get() {
        return OF_THREAD.get();
    }

    /// Writes `H(0x00 || entry)`. The prefix keeps an entry from ever posing as an inner node.
    public void leaf(byte[] entry, int offset, int length, byte[] target, int targetOffset) {
        sha256.update((byte) 0);
        sha256.update(entry, offset, length);
        digest(target, targetOffset);
    }

    /// Writes `H(0x01 || left || right)`.
    public void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] target, int targetOffset) {
        System.arraycopy(left, leftOffset, node, 1, BYTES);
        System.arraycopy(right, rightOffset, node, 1 + BYTES, BYTES);
        sha256.update(node, 0, node.length);
        digest(target, targetOffset);
    }

    /// `MTH` of `count` leaf hashes that lie one after the other: the root of a tree of just these, for
    /// example the
    /// root of a segment's range `D[a, b)`. Pairs are joined level by level; an odd last one rises unchanged,
    /// which
    /// is the recursive definition of RFC 6962 2.1 read from below.
    public Hash root(byte[] leafHashes, int offset, int count) {
        if (count == 0) {
            return Hash.EMPTY_ROOT;
        }
        byte[] level = new byte[count * BYTES];
        System.arraycopy(leafHashes, offset, level, 0, level.length);
        int width = count;
        while (width > 1) {
            width = joinPairs(level, width);
        }
        return Hash.at(level, 0);
    }

    /// Replaces `width` hashes by the level above them, in place, and answers the new width.
    private int joinPairs(byte[] level, int width) {
        int pairs = width / 2;
        for (int i = 0; i < pairs; i++) {
            node(level, 2 * i * BYTES, level, (2 * i + 1) * BYTES, level, i * BYTES);
        }
        if (width % 2 == 1) {
            System.arraycopy(level, (width - 1) * BYTES, level, pairs * BYTES, BYTES);
        }
        return width - pairs;
    }

    /// Plain SHA-256 of the parts one after the other; for key ids and the empty root.
    Hash sha256(byte[]... parts) {
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return Hash.owning(sha256.digest());
    }

    private void digest(byte[] target, int offset) {
        try {
            sha256.digest(target, offset, BYTES);
        } catch (DigestException tooShort) {
            throw new IllegalArgumentException(
                    "no 32 bytes at offset " + offset + " of an array of " + target.length, tooShort);
        }
    }
}
