package io.meshtrail.source.ztunnel;

/// A text as Rust's `Debug` prints it: in quotes, with escapes.
final class RustText {
    private static final int LONGEST_ESCAPE = 8;

    private RustText() {}

    /// Reads from an opening quote.
    ///
    /// @return the place behind the closing quote, -1 if there is none
    static int read(String text, int open, StringBuilder out) {
        int at = open + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at = escape(text, at + 1, out);
            } else {
                out.append(c);
                at++;
            }
        }
        return -1;
    }

    private static int escape(String text, int at, StringBuilder out) {
        char c = text.charAt(at);
        int end = c == 'u' ? text.indexOf('}', at) : -1;
        if (end > at + 2 && end - at <= LONGEST_ESCAPE + 2 && text.charAt(at + 1) == '{') {
            try {
                out.appendCodePoint(Integer.parseInt(text, at + 2, end, 16));
                return end + 1;
            } catch (IllegalArgumentException noCodePoint) {
                out.append('\uFFFD');
                return end + 1;
            }
        }
        out.append(
                switch (c) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case '0' -> '\0';
                    default -> c;
                });
        return at + 1;
    }
}
