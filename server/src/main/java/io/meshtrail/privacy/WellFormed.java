package io.meshtrail.privacy;

/// Text as the fields of an event have it: each lone surrogate is U+FFFD. As long as before, so that
/// places are the same.
final class WellFormed {
    private WellFormed() {}

    static String of(String text) {
        int at = 0;
        while (at < text.length() && !isLone(text, at)) {
            at += Character.isHighSurrogate(text.charAt(at)) ? 2 : 1;
        }
        if (at >= text.length()) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text);
        while (at < mended.length()) {
            if (isLone(mended, at)) {
                mended.setCharAt(at, '\uFFFD');
            }
            at += Character.isHighSurrogate(mended.charAt(at)) ? 2 : 1;
        }
        return mended.toString();
    }

    private static boolean isLone(CharSequence text, int at) {
        char c = text.charAt(at);
        boolean paired =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        return Character.isSurrogate(c) && !paired;
    }
}
