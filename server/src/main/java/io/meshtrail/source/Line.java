package io.meshtrail.source;

import java.util.Arrays;

/// One line of a body: a view, without the line end.
///
/// @param number 1-based
/// @param body the whole body; not to be changed
public record Line(int number, byte[] body, int from, int length) {
    /// The most bytes of a line.
    public static final int LIMIT = 1024 * 1024;

    /// Whether there is nothing but blanks.
    public boolean isBlank() {
        for (int i = from; i < from + length; i++) {
            if (body[i] != ' ' && body[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /// Whether it is over the limit and must become [#tooLong].
    public boolean isTooLong() {
        return length > LIMIT;
    }

    public Decoded.Rejection tooLong() {
        return new Decoded.Rejection(number, "line of " + length + " bytes, at most " + LIMIT);
    }

    public Utf8 utf8() {
        return Utf8.of(body, from, length);
    }

    /// This line and all up to another one.
    Line upTo(Line last) {
        return new Line(number, body, from, last.from + last.length - from);
    }

    /// A copy of the bytes: what a repetition is recognised by.
    public byte[] bytes() {
        return Arrays.copyOfRange(body, from, from + length);
    }
}
