package io.meshtrail.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Text as the mesh sent it, made fit for an entry: a hostile value must not erase its own record. Invalid
/// UTF-8 is
/// replaced by U+FFFD and over-long text is cut, and both are said in `attributes`: `invalid_utf8.<field>` and
/// `cut.<field>`, each `length=<bytes> sha256=<hex>` of what came in.
final class LenientText {
    /// The most bytes of an ordinary field: a header line that a proxy would still accept.
    static final int LIMIT = 4_096;

    /// The most bytes of a path or query.
    static final int PATH_LIMIT = 16_384;

    /// The most bytes of `raw` and `change.diff` on the way in; the appender moves what is over
    /// [EventCodec#INLINE_LIMIT] to a blob.
    static final int JSON_LIMIT = 64 * 1024 * 1024;

    static final int ATTRIBUTE_LIMIT = 4_096;
    static final int ATTRIBUTE_NAME_LIMIT = 128;

    /// The most strings of a list.
    static final int LIST_LIMIT = 128;

    private LenientText() {}

    static int limit(Field field) {
        if (field.type() == Field.Type.JSON) {
            return JSON_LIMIT;
        }
        return field == Field.HTTP_PATH || field == Field.HTTP_QUERY ? PATH_LIMIT : LIMIT;
    }

    static String of(Field field, String value, Map<String, String> notes) {
        int limit = limit(field);
        if (value.length() * 3L <= limit && isWellFormed(value)) {
            return value;
        }
        byte[] bytes = wellFormed(field.key(), value, notes).getBytes(StandardCharsets.UTF_8);
        return bytes.length <= limit
                ? new String(bytes, StandardCharsets.UTF_8)
                : cut(field.key(), bytes, 0, bytes.length, limit, notes);
    }

    static String of(Field field, byte[] bytes, int from, int length, Map<String, String> notes) {
        int limit = limit(field);
        if (length > limit) {
            return cut(field.key(), bytes, from, length, limit, notes);
        }
        return decode(field.key(), bytes, from, length, notes);
    }

    static List<String> of(Field field, List<String> values, Map<String, String> notes) {
        List<String> kept = new ArrayList<>(Math.min(values.size(), LIST_LIMIT));
        for (String value : values.subList(0, Math.min(values.size(), LIST_LIMIT))) {
            kept.add(of(field, value, notes));
        }
        if (values.size() > LIST_LIMIT) {
            byte[] all = String.join("\n", values).getBytes(StandardCharsets.UTF_8);
            note(notes, "cut." + field.key(), all, 0, all.length);
        }
        return List.copyOf(kept);
    }

    static void attribute(String name, String value, Map<String, String> attributes) {
        String key = attributeName(name);
        if (value.length() * 3L <= ATTRIBUTE_LIMIT && isWellFormed(value)) {
            attributes.put(key, value);
            return;
        }
        byte[] bytes = wellFormed(key, value, attributes).getBytes(StandardCharsets.UTF_8);
        attributes.put(
                key,
                bytes.length <= ATTRIBUTE_LIMIT
                        ? new String(bytes, StandardCharsets.UTF_8)
                        : cut(key, bytes, 0, bytes.length, ATTRIBUTE_LIMIT, attributes));
    }

    /// Cuts text to a number of bytes, at the border of a character.
    static String cut(String name, byte[] bytes, int from, int length, int limit, Map<String, String> notes) {
        note(notes, "cut." + name, bytes, from, length);
        int end = from + limit;
        while (end > from && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return decode(name, bytes, from, end - from, notes);
    }

    private static String decode(String name, byte[] bytes, int from, int length, Map<String, String> notes) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return decodeCarefully(name, bytes, from, length, notes);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String decodeCarefully(String name, byte[] bytes, int from, int length, Map<String, String> notes) {
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            CharBuffer text = strict.decode(ByteBuffer.wrap(bytes, from, length));
            return text.toString();
        } catch (CharacterCodingException invalid) {
            note(notes, "invalid_utf8." + name, bytes, from, length);
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
    }

    private static void note(Map<String, String> notes, String name, byte[] bytes, int from, int length) {
        notes.putIfAbsent(attributeName(name), "length=" + length + " sha256=" + sha256(bytes, from, length));
    }

    private static String attributeName(String name) {
        return isAttributeName(name) ? name : fitAttributeName(name);
    }

    private static boolean isAttributeName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return name.length() <= ATTRIBUTE_NAME_LIMIT;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-'
                || c == '/';
    }

    private static String fitAttributeName(String name) {
        StringBuilder fit = new StringBuilder(Math.min(name.length(), ATTRIBUTE_NAME_LIMIT));
        for (int i = 0; i < name.length() && i < ATTRIBUTE_NAME_LIMIT; i++) {
            char c = name.charAt(i);
            fit.append(isPlain(c) ? c : '_');
        }
        return fit.toString();
    }

    /// The text with each lone surrogate replaced by U+FFFD.
    private static String wellFormed(String name, String value, Map<String, String> notes) {
        if (isWellFormed(value)) {
            return value;
        }
        byte[] original = value.getBytes(StandardCharsets.UTF_16BE);
        note(notes, "invalid_utf8." + name, original, 0, original.length);
        StringBuilder mended = new StringBuilder(value);
        for (int i = 0; i < mended.length(); i++) {
            char c = mended.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < mended.length()
                    && Character.isLowSurrogate(mended.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended.toString();
    }

    private static boolean isWellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < Character.MIN_SURROGATE) {
                continue;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return false;
                }
                i++;
            } else if (Character.isLowSurrogate(c)) {
                return false;
            }
        }
        return true;
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
