package io.meshtrail.query;

/// The order of texts by code point, which is that of their UTF-8 bytes and of the SQL engines. That of
/// [String#compareTo] differs beyond U+FFFF.
public final class TextOrder {
    private TextOrder() {}

    /// @return -1, 0 or 1
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) && Character.isSurrogate(y);
                return surrogates || !Character.isSurrogate(x) && !Character.isSurrogate(y)
                        ? Integer.signum(Character.compare(x, y))
                        : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
