package io.meshtrail.query;

import java.util.List;

/// A pattern of literal text and stars, each star any number of any characters.
///
/// @param parts the literals around the stars: `a*b` is `a`, `b`; `*a` is the empty text and `a`; one part
///     is plain text
public record Wildcard(List<String> parts) {
    public Wildcard {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a pattern without parts");
        }
    }

    /// The pattern of exactly this text.
    public static Wildcard exactly(String text) {
        return new Wildcard(List.of(text));
    }

    public boolean isExact() {
        return parts.size() == 1;
    }

    /// Whether there is nothing but stars.
    public boolean isAnything() {
        return !isExact() && parts.stream().allMatch(String::isEmpty);
    }

    public String first() {
        return parts.getFirst();
    }

    public String last() {
        return parts.getLast();
    }

    /// Whether the whole text looks like this. Takes time in proportion to text and pattern, however many
    /// stars.
    public boolean matches(String text) {
        if (isExact()) {
            return text.equals(first());
        }
        int end = text.length() - last().length();
        int at = first().length();
        if (end < at || !text.startsWith(first()) || !text.endsWith(last())) {
            return false;
        }
        return holdsMiddle(text, at, end);
    }

    /// Whether some part of the text looks like this.
    public boolean isWithin(String text) {
        int at = 0;
        for (String part : parts) {
            int found = text.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    private boolean holdsMiddle(String text, int from, int end) {
        int at = from;
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
