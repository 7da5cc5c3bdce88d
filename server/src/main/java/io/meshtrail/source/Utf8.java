package io.meshtrail.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Bytes read as UTF-8, whatever they are.
///
/// @param text the text; what was not UTF-8 is U+FFFD
/// @param damage `length=<bytes> sha256=<hex>` of the bytes if they were not UTF-8: the value of the attribute
///     `invalid_utf8.raw`
public record Utf8(String text, Optional<String> damage) {
    /// The attribute that says that the input was not UTF-8.
    public static final String ATTRIBUTE = "invalid_utf8.raw";

    public static Utf8 of(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return carefully(bytes, from, length);
            }
        }
        return new Utf8(new String(bytes, from, length, StandardCharsets.ISO_8859_1), Optional.empty());
    }

    private static Utf8 carefully(byte[] bytes, int from, int length) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
            return new Utf8(text, Optional.empty());
        } catch (CharacterCodingException invalid) {
            return new Utf8(
                    new String(bytes, from, length, StandardCharsets.UTF_8),
                    Optional.of("length=" + length + " sha256=" + sha256(bytes, from, length)));
        }
    }

    private static String sha256(byte[] bytes, int from, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
