package io.meshtrail.mask;

/// Finds secrets by the name before them: `?token=…` in a URL, `--password=…` in an argument, `"secret": "…"` in
/// broken JSON, `password: …` on a line of YAML, `Cookie: …` on a line of headers.
final class Assignments {
    /// The longest name looked at, in characters.
    private static final int NAME_LIMIT = 64;

    private static final String VALUE_END = "& \t\r\n\"'<>";

    private final MaskRules rules;

    Assignments(MaskRules rules) {
        this.rules = rules;
    }

    String mask(String text, String where, MaskNotes notes) {
        if (text.indexOf('=') < 0 && text.indexOf(':') < 0) {
            return text;
        }
        boolean lines = text.indexOf('\n') >= 0;
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '=' && c != ':') {
                continue;
            }
            Name name = nameBefore(text, at);
            if (name.text().isEmpty() || !isSecret(name, c, lines)) {
                continue;
            }
            int from = valueStart(text, at + 1);
            if (text.startsWith(Mask.MASKED, from)) {
                continue;
            }
            int end = valueEnd(text, at + 1, from, c);
            if (end <= from) {
                continue;
            }
            out.append(text, copied, from).append(Mask.MASKED);
            notes.add(where, name.text());
            copied = end;
            at = end - 1;
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    private boolean isSecret(Name name, char delimiter, boolean lines) {
        if (delimiter == '=') {
            return name.isParameter() ? rules.parameter(name.text()) : rules.key(name.text());
        }
        // In prose a colon after such a word is common (`invalid token: expired`); on lines of their own and after
        // a quoted name it is not.
        return (lines || name.isQuoted()) && (rules.key(name.text()) || rules.header(name.text()));
    }

    private static Name nameBefore(String text, int delimiter) {
        int end = delimiter;
        while (end > 0 && "\"'\\ ".indexOf(text.charAt(end - 1)) >= 0 && delimiter - end < 4) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < NAME_LIMIT && isName(text.charAt(start - 1))) {
            start--;
        }
        char before = start > 0 ? text.charAt(start - 1) : ' ';
        boolean quoted = end < delimiter && "\"'\\".indexOf(text.charAt(end)) >= 0;
        return new Name(PercentText.decode(text.substring(start, end)), "?&;#".indexOf(before) >= 0, quoted);
    }

    /// Skips blanks and opening quotes.
    private static int valueStart(String text, int from) {
        int start = from;
        while (start < text.length() && "\"'\\ \t".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    private static int valueEnd(String text, int from, int start, char delimiter) {
        int quote = start - 1;
        while (quote >= from && text.charAt(quote) != '"' && text.charAt(quote) != '\'') {
            quote--;
        }
        if (quote >= from) {
            return quotedEnd(text, start, text.charAt(quote), quote > from && text.charAt(quote - 1) == '\\');
        }
        int end = start;
        if (delimiter == ':') {
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            return end;
        }
        while (end < text.length() && VALUE_END.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int quotedEnd(String text, int start, char quote, boolean escaped) {
        int end = start;
        while (end < text.length() && text.charAt(end) != quote) {
            boolean escape = text.charAt(end) == '\\' && end + 1 < text.length();
            if (escape && escaped && text.charAt(end + 1) == quote) {
                return end;
            }
            end += escape ? 2 : 1;
        }
        return Math.min(end, text.length());
    }

    private static boolean isName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.'
                || c == '%'
                || c == '['
                || c == ']';
    }

    private record Name(String text, boolean isParameter, boolean isQuoted) {}
}
