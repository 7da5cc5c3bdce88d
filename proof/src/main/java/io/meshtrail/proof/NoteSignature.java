package io.meshtrail.proof;

import java.util.Arrays;

/// One signature line of a note: `— <name> <base64(key id || signature)>` (ledger spec section 3).
public final class NoteSignature {
    /// An em dash and a space.
    private static final String START = "\u2014 ";

    private final String name;
    private final KeyId keyId;
    private final byte[] signature;

    NoteSignature(String name, KeyId keyId, byte[] signature) {
        this.name = name;
        this.keyId = keyId;
        this.signature = signature;
    }

    /// Reads one line without its LF. This is also how a witness's answer is read.
    public static NoteSignature parse(String line) throws MalformedException {
        if (!line.startsWith(START)) {
            throw new MalformedException(
                    "signature line does not start with an em dash and a space: " + Shown.of(line));
        }
        int space = line.indexOf(' ', START.length());
        if (space < 0) {
            throw new MalformedException("signature line has no signature: " + Shown.of(line));
        }
        String name = KeyName.check(line.substring(START.length(), space));
        byte[] bytes = Base64Text.decode(line.substring(space + 1), "signature of " + Shown.of(name));
        if (bytes.length <= KeyId.BYTES) {
            throw new MalformedException("signature of " + Shown.of(name) + " has " + bytes.length
                    + " bytes, expected a key id of 4 and a signature");
        }
        return new NoteSignature(name, KeyId.at(bytes), Arrays.copyOfRange(bytes, KeyId.BYTES, bytes.length));
    }

    public String name() {
        return name;
    }

    KeyId keyId() {
        return keyId;
    }

    /// The bytes after the key id, unchecked.
    byte[] signature() {
        return signature;
    }

    /// Whether the line claims to be by this key. Same name with another id is another, unknown key.
    boolean claims(VerifierKey key) {
        return name.equals(key.name()) && keyId.equals(key.keyId());
    }

    /// The line without its LF.
    public String line() {
        return START + name + ' ' + Base64Text.encode(keyId.before(signature));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && line().equals(that.line());
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return line();
    }
}
