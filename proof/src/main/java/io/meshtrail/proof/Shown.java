package io.meshtrail.proof;

/// Untrusted text made fit for an error message: quoted, cut, and without anything a terminal would obey.
final class Shown {
    private static final int MAX_CHARACTERS = 80;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MAX_CHARACTERS); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                shown.append(String.format("\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > MAX_CHARACTERS ? "\"..." : "\"").toString();
    }
}
