package io.meshtrail.query;

import java.util.List;

/// A value as it was typed, taken apart: literals around stars, escapes resolved.
///
/// @param position where it begins in the query
/// @param quoted whether it stood in quotes
record Piece(int position, List<String> parts, boolean quoted) {
    Piece {
        parts = List.copyOf(parts);
    }

    boolean isLiteral() {
        return parts.size() == 1;
    }

    /// The text with a star for each star.
    String text() {
        return String.join("*", parts);
    }

    boolean isEmpty() {
        return isLiteral() && parts.getFirst().isEmpty();
    }

    Wildcard wildcard(boolean ignoresCase) {
        return new Wildcard(ignoresCase ? parts.stream().map(Casing::lower).toList() : parts);
    }
}
