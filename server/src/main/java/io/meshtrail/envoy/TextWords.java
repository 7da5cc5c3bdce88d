package io.meshtrail.envoy;

/// The words of a line of text: in brackets (the first one only), in quotes, or bare. A closing quote is
/// one with a blank or the end behind it.
final class TextWords {
    /// The most words that a line is cut into; the rest is the last word.
    private static final int LIMIT = 512;

    private final String line;
    private final int[] from = new int[LIMIT];
    private final int[] to = new int[LIMIT];
    private final boolean[] quoted = new boolean[LIMIT];
    private int count;
    private boolean open;

    private TextWords(String line) {
        this.line = line;
    }

    static TextWords of(String line) {
        TextWords words = new TextWords(line);
        int at = 0;
        while (at < line.length() && words.count < LIMIT) {
            char c = line.charAt(at);
            if (isBlank(c)) {
                at++;
            } else if (c == '"') {
                at = words.quoted(at);
            } else {
                at = words.bare(at, words.count == 0 && c == '[');
            }
        }
        return words;
    }

    int count() {
        return count;
    }

    /// Whether the line ends inside quotes.
    boolean isOpen() {
        return open;
    }

    boolean isQuoted(int word) {
        return quoted[word];
    }

    /// A word without its quotes or brackets.
    String word(int word) {
        return line.substring(from[word], to[word]);
    }

    /// The line from one word to before another, with what stands around them.
    String text(int first, int end) {
        return line.substring(from[first] - (quoted[first] ? 1 : 0), to[end - 1] + (quoted[end - 1] ? 1 : 0));
    }

    private int quoted(int start) {
        int end = start + 1;
        while (end < line.length()
                && (line.charAt(end) != '"' || (end + 1 < line.length() && !isBlank(line.charAt(end + 1))))) {
            end++;
        }
        open = end >= line.length();
        add(start + 1, Math.min(end, line.length()), true);
        return end + 1;
    }

    private int bare(int start, boolean bracket) {
        int end = start;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        boolean closed = bracket && line.charAt(end - 1) == ']' && end - start >= 2;
        add(closed ? start + 1 : start, closed ? end - 1 : end, false);
        return end;
    }

    private void add(int start, int end, boolean inQuotes) {
        from[count] = start;
        to[count] = end;
        quoted[count] = inQuotes;
        count++;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
