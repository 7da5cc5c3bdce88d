package io.meshtrail.query;

import java.util.ArrayList;
import java.util.List;

/// The characters of a query, read from left to right. Knows blanks, quotes, escapes and stars, nothing of
/// fields or operators.
final class QueryScanner {
    static final char END = '\uFFFF';

    /// The most stars of one pattern.
    static final int MAX_STARS = 32;

    private final String text;
    private int at;

    QueryScanner(String text) {
        this.text = text;
    }

    int position() {
        return at;
    }

    /// The next character, or [#END].
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    void advance(int count) {
        at += count;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean startsWith(String expected) {
        return text.startsWith(expected, at);
    }

    void skipBlanks() {
        while (!atEnd() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /// Whether the word, in exactly this case, stands here alone.
    boolean atWord(String word) {
        return startsWith(word) && endsBare(peek(word.length()));
    }

    /// What stands here up to the next character of `stops`, blank, quote, parenthesis, backslash or star.
    String head(String stops) {
        int end = at;
        while (end < text.length()
                && !endsBare(text.charAt(end))
                && stops.indexOf(text.charAt(end)) < 0
                && text.charAt(end) != '\\'
                && text.charAt(end) != '*') {
            end++;
        }
        return text.substring(at, end);
    }

    /// Reads a value, quoted or bare.
    ///
    /// @param stop a character that ends a bare value besides blanks, quotes and parentheses
    Piece piece(char stop) throws QueryException {
        int from = at;
        Piece piece = peek() == '"' ? quoted() : bare(stop);
        if (piece.parts().size() - 1 > MAX_STARS) {
            throw new QueryException("more than " + MAX_STARS + " stars in one pattern", from);
        }
        return piece;
    }

    private Piece quoted() throws QueryException {
        int from = at++;
        Parts parts = new Parts();
        while (peek() != '"') {
            if (atEnd()) {
                throw new QueryException("the quote that opens here is never closed", from);
            }
            character(parts);
        }
        at++;
        return new Piece(from, parts.finish(), true);
    }

    private Piece bare(char stop) throws QueryException {
        int from = at;
        Parts parts = new Parts();
        while (!atEnd() && !endsBare(peek()) && peek() != stop) {
            character(parts);
        }
        if (peek() == '"' && at > from) {
            throw new QueryException("a quote inside a value: write \\\" or put the whole value in quotes", at);
        }
        return new Piece(from, parts.finish(), false);
    }

    private void character(Parts parts) throws QueryException {
        char c = text.charAt(at);
        if (c == '*') {
            parts.star();
        } else if (c == '\\') {
            at++;
            char escaped = peek();
            if (atEnd() || Character.isLetterOrDigit(escaped)) {
                throw new QueryException(
                        "a backslash takes the meaning from a sign such as * or \"; write \\\\ for itself", at - 1);
            }
            parts.plain(escaped);
        } else {
            parts.plain(c);
        }
        at++;
    }

    private boolean endsBare(char c) {
        return c == END || c == '(' || c == ')' || c == '"' || isBlank(c);
    }

    static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /// Collects the literals around stars; stars side by side are one.
    private static final class Parts {
        private final List<String> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        void plain(char c) {
            literal.append(c);
        }

        void star() {
            if (parts.isEmpty() || !literal.isEmpty()) {
                parts.add(literal.toString());
                literal.setLength(0);
            }
        }

        List<String> finish() {
            parts.add(literal.toString());
            return parts;
        }
    }
}
