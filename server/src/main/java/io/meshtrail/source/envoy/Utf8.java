package io.meshtrail.source.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.protobuf.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Bytes that should be UTF-8, for texts that do not go straight into a field: what is invalid becomes
/// U+FFFD, and the event notes it as `invalid_utf8.<name>` with length and SHA-256, as fields do.
final class Utf8 {
    private Utf8() {}

    static String text(AuditEvent.Builder event, String name, byte[] bytes, long span) {
        int from = Span.from(span);
        int length = Span.length(span);
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return carefully(event, name, bytes, from, length);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String carefully(AuditEvent.Builder event, String name, byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        if (!java.util.Arrays.equals(bytes, from, from + length, again, 0, again.length)) {
            event.attribute("invalid_utf8." + name, "length=" + length + " sha256=" + sha256(bytes, from, length));
        }
        return text;
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
