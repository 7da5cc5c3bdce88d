package io.meshtrail.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;

/// A public key with its name and kind, the *vkey* `<name>+<key id>+<base64(type || key)>` (ledger spec
/// section 3).
/// This one line is all that an auditor needs from a ledger's operator, and must get by a way she trusts.
public final class VerifierKey {
    /// What the JDK wants in front of raw keys (SubjectPublicKeyInfo, ledger spec section 13).
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] ML_DSA_44_SPKI =
            HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private final String name;
    private final SignatureType type;
    private final byte[] raw;
    private final KeyId keyId;
    private final PublicKey publicKey;

    private VerifierKey(String name, SignatureType type, byte[] raw, PublicKey publicKey) {
        this.name = name;
        this.type = type;
        this.raw = raw;
        this.keyId = KeyId.of(name, type, raw);
        this.publicKey = publicKey;
    }

    /// A key from its parts.
    ///
    /// @param raw the 32 bytes of RFC 8032, or the 1,312 of FIPS 204
    public static VerifierKey of(String name, SignatureType type, byte[] raw) throws MalformedException {
        KeyName.check(name);
        if (raw.length != type.keyBytes()) {
            throw new MalformedException("key of " + Shown.of(name) + " has " + raw.length + " bytes, type " + type
                    + " has " + type.keyBytes());
        }
        return new VerifierKey(name, type, raw.clone(), publicKey(name, type, raw));
    }

    /// Reads a vkey. The key id is computed again; one that does not fit is refused.
    public static VerifierKey parse(String vkey) throws MalformedException {
        int first = vkey.indexOf('+');
        int second = first < 0 ? -1 : vkey.indexOf('+', first + 1);
        if (second < 0) {
            throw new MalformedException("verifier key is not <name>+<key id>+<base64>: " + Shown.of(vkey));
        }
        byte[] typeAndKey = Base64Text.decode(vkey.substring(second + 1), "verifier key");
        if (typeAndKey.length == 0) {
            throw new MalformedException("verifier key is empty: " + Shown.of(vkey));
        }
        Utf8.encodeOrRefuse(vkey.substring(0, first), "key name");
        VerifierKey key = of(
                vkey.substring(0, first),
                SignatureType.of(typeAndKey[0]),
                Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length));
        if (!key.keyId.toString().equals(vkey.substring(first + 1, second))) {
            throw new MalformedException("verifier key says key id " + Shown.of(vkey.substring(first + 1, second))
                    + ", its key has " + key.keyId);
        }
        return key;
    }

    private static PublicKey publicKey(String name, SignatureType type, byte[] raw) throws MalformedException {
        byte[] prefix = type == SignatureType.COSIGNATURE_ML_DSA_44 ? ML_DSA_44_SPKI : ED25519_SPKI;
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        try {
            PublicKey key = KeyFactory.getInstance(algorithm(type)).generatePublic(new X509EncodedKeySpec(encoded));
            // Some impossible keys are noticed only here.
            Signature.getInstance(algorithm(type)).initVerify(key);
            return key;
        } catch (GeneralSecurityException impossible) {
            throw new MalformedException("key of " + Shown.of(name) + " is not a key of type " + type);
        }
    }

    private static String algorithm(SignatureType type) {
        return switch (type) {
            case ED25519, COSIGNATURE_ED25519 -> "Ed25519";
            case COSIGNATURE_ML_DSA_44 -> "ML-DSA-44";
        };
    }

    public String name() {
        return name;
    }

    public SignatureType type() {
        return type;
    }

    KeyId keyId() {
        return keyId;
    }

    /// A copy of the key's bytes, without the type.
    public byte[] raw() {
        return raw.clone();
    }

    /// The vkey.
    @Override
    public String toString() {
        byte[] typeAndKey = new byte[1 + raw.length];
        typeAndKey[0] = type.code();
        System.arraycopy(raw, 0, typeAndKey, 1, raw.length);
        return name + '+' + keyId + '+' + Base64Text.encode(typeAndKey);
    }

    /// Whether `signature` is by this key over the note text `text`.
    boolean verifies(String text, NoteSignature signature) {
        byte[] bytes = signature.signature();
        if (!signature.claims(this) || bytes.length != type.signatureBytes()) {
            return false;
        }
        return switch (type) {
            case ED25519 -> verifies(Utf8.encode(text), bytes, 0);
            case COSIGNATURE_ED25519 -> {
                long time = Cosignature.timestamp(bytes);
                yield time >= 0 && verifies(Cosignature.message(time, text), bytes, Cosignature.TIMESTAMP_BYTES);
            }
            case COSIGNATURE_ML_DSA_44 -> {
                long time = Cosignature.timestamp(bytes);
                yield time >= 0
                        && Cosignature.treeMessage(name, time, text)
                                .map(message -> verifies(message, bytes, Cosignature.TIMESTAMP_BYTES))
                                .orElse(false);
            }
        };
    }

    private boolean verifies(byte[] message, byte[] signature, int offset) {
        try {
            Signature verifier = Signature.getInstance(algorithm(type));
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature, offset, signature.length - offset);
        } catch (GeneralSecurityException malformedSignature) {
            return false;
        }
    }

    /// The time inside a signature of this kind, if this kind has one.
    OptionalLong timestamp(NoteSignature signature) {
        return type == SignatureType.ED25519
                ? OptionalLong.empty()
                : OptionalLong.of(Cosignature.timestamp(signature.signature()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return keyId.value();
    }
}
