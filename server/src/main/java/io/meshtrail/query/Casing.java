package io.meshtrail.query;

/// Lower case, one code point at a time and the same in every engine: the simple mapping of Unicode,
/// without the letters that are younger than the tables of the SQL engine, which stay as they are.
public final class Casing {
    private Casing() {}

    public static String lower(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder lower = new StringBuilder(text.length()).append(text, 0, at);
        while (at < text.length()) {
            int point = text.codePointAt(at);
            lower.appendCodePoint(isYoung(point) ? point : Character.toLowerCase(point));
            at += Character.charCount(point);
        }
        return lower.toString();
    }

    private static boolean isPlain(char c) {
        return c < 0x80 && (c < 'A' || c > 'Z');
    }

    private static boolean isYoung(int point) {
        return switch (point) {
            case 0x1C89, 0xA7CB, 0xA7CC, 0xA7DA, 0xA7DC -> true;
            default -> point >= 0x10D50 && point <= 0x10D65;
        };
    }
}
