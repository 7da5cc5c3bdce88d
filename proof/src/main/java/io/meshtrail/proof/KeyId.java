package io.meshtrail.proof;

import java.nio.ByteBuffer;

/// The four bytes that tell keys of one name apart: the start of `SHA-256(name || LF || type || public key)`.
/// Short
/// on purpose: it selects a key, it proves nothing.
record KeyId(int value) {
    static final int BYTES = 4;

    static KeyId of(String name, SignatureType type, byte[] publicKey) {
        byte[] digest = TreeHasher.get()
                .sha256(Utf8.encode(name), new byte[] {'\n', type.code()}, publicKey)
                .bytes();
        return at(digest);
    }

    static KeyId at(byte[] bytes) {
        return new KeyId(ByteBuffer.wrap(bytes).getInt());
    }

    /// The id followed by `rest`.
    byte[] before(byte[] rest) {
        return ByteBuffer.allocate(BYTES + rest.length).putInt(value).put(rest).array();
    }

    /// Eight lower-case hexadecimal digits, as in a verifier key.
    @Override
    public String toString() {
        return String.format("%08x", value);
    }
}
