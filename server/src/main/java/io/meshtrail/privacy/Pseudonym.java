package io.meshtrail.privacy;

import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// What stands for a subject in entries: `~` and 43 characters of base64url. It is the subject's salted
/// commitment itself, `SHA-256("meshtrail/commit/v1" || 0x00 || salt32 || value)`: without the salt it
/// tells nothing, and with it nobody can show another value for it.
///
/// @param commitment the 32 bytes
public record Pseudonym(Hash commitment) {
    /// The number of characters of every pseudonym.
    static final int LENGTH = 44;

    static final int SALT = 32;

    static final Pattern FORM = Pattern.compile("~[A-Za-z0-9_-]{43}");

    private static final byte[] DOMAIN = "meshtrail/commit/v1\0".getBytes(StandardCharsets.UTF_8);

    /// The commitment to a value.
    ///
    /// @param salt 32 bytes that nobody else knows
    static Pseudonym of(byte[] salt, byte[] value) {
        if (salt.length != SALT) {
            throw new IllegalArgumentException("a salt of " + salt.length + " bytes");
        }
        MessageDigest digest = sha256();
        digest.update(DOMAIN);
        digest.update(salt);
        digest.update(value);
        return new Pseudonym(Hash.at(digest.digest(), 0));
    }

    /// Reads `~…`; empty if the text is none.
    public static Optional<Pseudonym> parse(String text) {
        if (text.length() != LENGTH || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Pseudonym read = new Pseudonym(Hash.of(Base64.getUrlDecoder().decode(text.substring(1))));
            // The last character has two bits too many: only one spelling is ours.
            return Optional.of(read).filter(same -> same.toString().equals(text));
        } catch (IllegalArgumentException | MalformedException notOurs) {
            return Optional.empty();
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(commitment.bytes());
    }
}
