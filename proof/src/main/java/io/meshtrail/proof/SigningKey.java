package io.meshtrail.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// A private key with its name: a ledger's (Ed25519, type 0x01) or a witness's (Ed25519, type 0x04; ML-DSA-44,
/// type 0x06). All are kept as a seed of 32 bytes. Ed25519 signs the same text the same way each time.
///
/// [#toString()] shows the public half only; [#secret()] is the one way to write the private one.
public final class SigningKey {
    /// What the JDK wants in front of the 32-byte seed (PKCS#8, ledger spec section 13).
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final int SEED_BYTES = 32;
    private static final String SECRET_START = "PRIVATE+KEY+";

    private final byte[] seed;
    private final PrivateKey privateKey;
    private final VerifierKey verifierKey;

    private SigningKey(byte[] seed, PrivateKey privateKey, VerifierKey verifierKey) {
        this.seed = seed;
        this.privateKey = privateKey;
        this.verifierKey = verifierKey;
    }

    /// A new key from 32 bytes of `random`.
    public static SigningKey generate(String name, SignatureType type, SecureRandom random) throws MalformedException {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return ofSeed(name, type, seed);
    }

    /// The key for a 32-byte seed: of RFC 8032, or of FIPS 204 (algorithm 6, where the seed is called ξ).
    public static SigningKey ofSeed(String name, SignatureType type, byte[] seed) throws MalformedException {
        if (seed.length != SEED_BYTES) {
            throw new MalformedException("a seed has 32 bytes, found " + seed.length);
        }
        if (type == SignatureType.COSIGNATURE_ML_DSA_44) {
            return ofMlDsaSeed(name, seed);
        }
        byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + SEED_BYTES);
        System.arraycopy(seed, 0, encoded, PKCS8.length, SEED_BYTES);
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            SigningKey key = new SigningKey(seed.clone(), privateKey, VerifierKey.of(name, type, publicKey(seed)));
            key.checkPair();
            return key;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java platform cannot make an Ed25519 key", impossible);
        }
    }

    private static SigningKey ofMlDsaSeed(String name, byte[] seed) throws MalformedException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-DSA-44");
            generator.initialize(NamedParameterSpec.ML_DSA_44, new SeedAsRandom(seed));
            KeyPair pair = generator.generateKeyPair();
            SignatureType type = SignatureType.COSIGNATURE_ML_DSA_44;
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - type.keyBytes(), encoded.length);
            SigningKey key = new SigningKey(seed.clone(), pair.getPrivate(), VerifierKey.of(name, type, raw));
            key.checkPair();
            return key;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java platform cannot make an ML-DSA-44 key", impossible);
        }
    }

    /// The public key to a seed. The JDK derives one only while generating a pair, so it is handed the seed
    /// as its
    /// randomness; [#checkPair()] makes sure that it used it as such.
    private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
        EdECPublicKey key = (EdECPublicKey) generator.generateKeyPair().getPublic();
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - SEED_BYTES, encoded.length);
    }

    private void checkPair() {
        String text = Checkpoint.of("Meshtrail key pair check", TreeHead.EMPTY).text();
        if (!verifierKey.verifies(text, sign(text, 0))) {
            throw new IllegalStateException(
                    "the public key derived for " + verifierKey.name() + " does not verify what its private key signs");
        }
    }

    /// Reads golang's form `PRIVATE+KEY+<name>+<key id>+<base64(type || seed)>`.
    public static SigningKey parse(String secret) throws MalformedException {
        // Messages must not quote the text: it is secret.
        if (!secret.startsWith(SECRET_START)) {
            throw new MalformedException("signing key does not start with " + SECRET_START);
        }
        String rest = secret.substring(SECRET_START.length());
        int first = rest.indexOf('+');
        int second = first < 0 ? -1 : rest.indexOf('+', first + 1);
        if (second < 0) {
            throw new MalformedException("signing key is not PRIVATE+KEY+<name>+<key id>+<base64>");
        }
        byte[] typeAndSeed;
        try {
            typeAndSeed = Base64Text.decode(rest.substring(second + 1), "signing key");
        } catch (MalformedException quoting) {
            throw new MalformedException("signing key is not canonical base64");
        }
        if (typeAndSeed.length != 1 + SEED_BYTES) {
            throw new MalformedException("signing key has " + typeAndSeed.length + " bytes, expected 33");
        }
        String name = rest.substring(0, first);
        Utf8.encodeOrRefuse(name, "key name");
        SigningKey key =
                ofSeed(name, SignatureType.of(typeAndSeed[0]), Arrays.copyOfRange(typeAndSeed, 1, typeAndSeed.length));
        if (!key.verifierKey.keyId().toString().equals(rest.substring(first + 1, second))) {
            throw new MalformedException("signing key says key id " + Shown.of(rest.substring(first + 1, second))
                    + ", its key has " + key.verifierKey.keyId());
        }
        return key;
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /// Golang's form of the private key. To be written to a file of mode 0600 and nowhere else.
    public String secret() {
        byte[] typeAndSeed = new byte[1 + SEED_BYTES];
        typeAndSeed[0] = verifierKey.type().code();
        System.arraycopy(seed, 0, typeAndSeed, 1, SEED_BYTES);
        return SECRET_START + verifierKey.name() + '+' + verifierKey.keyId() + '+' + Base64Text.encode(typeAndSeed);
    }

    /// Signs a text that ends in LF as a log does (type 0x01).
    public NoteSignature sign(String text) {
        if (verifierKey.type() != SignatureType.ED25519) {
            throw new IllegalStateException(verifierKey.name() + " is a cosigner's key: it signs only with a time");
        }
        return sign(text, 0);
    }

    /// Cosigns a checkpoint's text as a witness does (type 0x04 or 0x06).
    ///
    /// @param timestamp POSIX seconds, not 0
    public NoteSignature cosign(String text, long timestamp) {
        if (verifierKey.type() == SignatureType.ED25519 || timestamp <= 0) {
            throw new IllegalStateException(
                    verifierKey.name() + " of type " + verifierKey.type() + " cannot cosign at time " + timestamp);
        }
        return sign(text, timestamp);
    }

    private NoteSignature sign(String text, long timestamp) {
        byte[] signature = switch (verifierKey.type()) {
            case ED25519 -> signature(Utf8.encode(text));
            case COSIGNATURE_ED25519 -> timed(timestamp, signature(Cosignature.message(timestamp, text)));
            case COSIGNATURE_ML_DSA_44 ->
                timed(
                        timestamp,
                        signature(Cosignature.treeMessage(verifierKey.name(), timestamp, text)
                                .orElseThrow(() -> new IllegalArgumentException("no checkpoint that "
                                        + verifierKey.name() + " could cosign: " + Shown.of(text)))));
        };
        return new NoteSignature(verifierKey.name(), verifierKey.keyId(), signature);
    }

    private static byte[] timed(long timestamp, byte[] bare) {
        byte[] time = Cosignature.uint64(timestamp);
        byte[] both = Arrays.copyOf(time, time.length + bare.length);
        System.arraycopy(bare, 0, both, time.length, bare.length);
        return both;
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance(
                    verifierKey.type() == SignatureType.COSIGNATURE_ML_DSA_44 ? "ML-DSA-44" : "Ed25519");
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java platform cannot sign as " + verifierKey.type(), impossible);
        }
    }

    @Override
    public String toString() {
        return "signing key of " + verifierKey;
    }

    /// Answers the seed, once, to whoever asks for as many bytes.
    @SuppressWarnings("serial")
    private static final class SeedAsRandom extends SecureRandom {
        private final byte[] seed;

        SeedAsRandom(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException(
                        "asked for " + bytes.length + " bytes, there is a seed of " + seed.length);
            }
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
