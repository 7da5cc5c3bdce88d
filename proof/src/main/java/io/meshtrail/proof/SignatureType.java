package io.meshtrail.proof;

/// The kinds of note signature that Meshtrail understands (ledger spec section 3). The byte is part of the
/// key id, so
/// a key of one kind can never be taken for another.
public enum SignatureType {
    /// Ed25519 over the note text: what a log signs its checkpoints with.
    ED25519(0x01, 32, 64),
    /// Ed25519 over a time and the note text: what a witness adds.
    COSIGNATURE_ED25519(0x04, 32, 8 + 64),
    /// ML-DSA-44 (FIPS 204) over a time and the tree head: what a witness adds against quantum computers.
    COSIGNATURE_ML_DSA_44(0x06, 1312, 8 + 2420);

    private final byte code;
    private final int keyBytes;
    private final int signatureBytes;

    SignatureType(int code, int keyBytes, int signatureBytes) {
        this.code = (byte) code;
        this.keyBytes = keyBytes;
        this.signatureBytes = signatureBytes;
    }

    static SignatureType of(byte code) throws MalformedException {
        for (SignatureType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new MalformedException(String.format("signature type 0x%02x is not supported", code));
    }

    byte code() {
        return code;
    }

    /// The length of the raw public key.
    int keyBytes() {
        return keyBytes;
    }

    /// The length of a signature, its time included, the key id not.
    int signatureBytes() {
        return signatureBytes;
    }
}
