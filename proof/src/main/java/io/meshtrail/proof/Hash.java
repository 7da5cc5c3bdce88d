package io.meshtrail.proof;

import java.util.Arrays;
import java.util.HexFormat;

/// Thirty-two bytes of SHA-256: a leaf hash, a node hash or a root of an RFC 6962 tree (ledger spec section 1).
///
/// Immutable. Where millions of leaves pass by, use [TreeHasher], which writes into arrays and allocates
/// nothing.
public final class Hash implements Comparable<Hash> {
    /// The length of every hash.
    public static final int BYTES = 32;

    /// The root of the tree without entries: SHA-256 of nothing.
    public static final Hash EMPTY_ROOT = TreeHasher.get().sha256();

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes the array as it is. Only for arrays that nobody else holds.
    static Hash owning(byte[] bytes) {
        return new Hash(bytes);
    }

    /// `H(0x00 || entry)`. The entry is hashed as it is; an empty one is legal.
    public static Hash leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    public static Hash leaf(byte[] bytes, int offset, int length) {
        byte[] hash = new byte[BYTES];
        TreeHasher.get().leaf(bytes, offset, length, hash, 0);
        return new Hash(hash);
    }

    /// `H(0x01 || left || right)`.
    public static Hash node(Hash left, Hash right) {
        byte[] hash = new byte[BYTES];
        TreeHasher.get().node(left.bytes, 0, right.bytes, 0, hash, 0);
        return new Hash(hash);
    }

    /// Copies exactly 32 bytes.
    public static Hash of(byte[] bytes) throws MalformedException {
        if (bytes.length != BYTES) {
            throw new MalformedException("a hash has 32 bytes, found " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /// Copies 32 bytes from `offset` on.
    public static Hash at(byte[] bytes, int offset) {
        return new Hash(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    /// Reads the 44 characters of canonical base64.
    public static Hash fromBase64(String text) throws MalformedException {
        byte[] bytes = Base64Text.decode(text, "hash");
        if (bytes.length != BYTES) {
            throw new MalformedException("a hash has 32 bytes, found " + bytes.length + " in " + Shown.of(text));
        }
        return new Hash(bytes);
    }

    /// Reads 64 lower-case hexadecimal digits.
    public static Hash fromHex(String text) throws MalformedException {
        Hash hash;
        try {
            hash = of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException notHex) {
            throw new MalformedException("hash is not hexadecimal: " + Shown.of(text));
        }
        if (!hash.hex().equals(text)) {
            throw new MalformedException("hash is not in lower-case hexadecimal: " + Shown.of(text));
        }
        return hash;
    }

    public String base64() {
        return Base64Text.encode(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /// A copy.
    public byte[] bytes() {
        return bytes.clone();
    }

    public void writeTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return KeyId.at(bytes).value();
    }

    /// Base64, as in checkpoints and proofs.
    @Override
    public String toString() {
        return base64();
    }
}
