package io.meshtrail.query;

/// The numbers that a written value stands for: `500` is one, `5xx` a hundred, a date all nanoseconds of a
/// day.
///
/// @param first the smallest
/// @param last the largest, itself included
record Span(long first, long last) {
    Span {
        if (last < first) {
            throw new IllegalArgumentException("span from " + first + " to " + last);
        }
    }

    static Span of(long value) {
        return new Span(value, value);
    }
}
