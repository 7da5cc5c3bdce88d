package io.meshtrail.mask;

/// Finds JSON Web Tokens in text: runs of base64url joined by dots that start with an encoded `{`. The whole token
/// is masked, header and claims too: claims pass only where they are read one by one.
final class Jwts {
    /// The encodings of an opening brace with what may follow it: a quote, a blank, a line end.
    private static final String[] STARTS = {"eyJ", "eyA", "ewo", "ew0", "ewk"};

    private static final int SHORTEST_PART = 8;
    private static final int MOST_DOTS = 4;

    private Jwts() {}

    static String mask(String text, String where, MaskNotes notes) {
        if (text.indexOf("ey") < 0 && text.indexOf("ew") < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            if (!startsAt(text, at)) {
                at++;
                continue;
            }
            int firstEnd = partEnd(text, at);
            int end = tokenEnd(text, at, firstEnd);
            if (end > at) {
                out.append(text, copied, at).append(Mask.MASKED);
                notes.add(where, "jwt");
                copied = end;
            }
            // Without a dot behind it no later start in the same part can be a token either.
            at = Math.max(end, firstEnd);
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    private static boolean startsAt(String text, int at) {
        if (text.charAt(at) != 'e') {
            return false;
        }
        for (String start : STARTS) {
            if (text.startsWith(start, at)) {
                return true;
            }
        }
        return false;
    }

    /// The end of the token that starts at `at`, or `at` if there is none.
    private static int tokenEnd(String text, int at, int firstEnd) {
        int dot = dotLength(text, firstEnd);
        if (dot == 0 || firstEnd - at < SHORTEST_PART) {
            return at;
        }
        boolean certain = text.startsWith("eyJ", at);
        if (!certain && !text.startsWith("ey", firstEnd + dot) && !text.startsWith("ew", firstEnd + dot)) {
            return at;
        }
        int end = firstEnd;
        for (int dots = 0; dots < MOST_DOTS && dot > 0; dots++) {
            end = partEnd(text, end + dot);
            dot = dotLength(text, end);
        }
        return end;
    }

    private static int partEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// The length of the dot at this place, plain or percent-encoded, or 0.
    private static int dotLength(String text, int at) {
        if (at < text.length() && text.charAt(at) == '.') {
            return 1;
        }
        return text.regionMatches(true, at, "%2e", 0, 3) ? 3 : 0;
    }

    private static boolean isBase64(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '+'
                || c == '=';
    }
}
