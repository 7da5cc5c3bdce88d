package io.meshtrail.proof;

import java.util.Base64;

/// Canonical standard base64 with padding (RFC 4648 section 4). The JDK decoder also takes missing padding and
/// non-zero spare bits, which would give one value several spellings, so what it reads is written again and
/// compared.
final class Base64Text {
    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decode(String text, String what) throws MalformedException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedException(what + " is not base64: " + Shown.of(text));
        }
        if (!encode(bytes).equals(text)) {
            throw new MalformedException(what + " is not canonical base64: " + Shown.of(text));
        }
        return bytes;
    }
}
