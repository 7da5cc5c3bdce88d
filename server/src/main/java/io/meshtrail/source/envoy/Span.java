package io.meshtrail.source.envoy;

/// A place in an array, `from` and `length`, in one long: facts of an entry stay where they are until they are
/// written into an event. [#NONE] is no place at all; an empty span is as good as none.
final class Span {
    static final long NONE = 0;

    private Span() {}

    static long of(int from, int length) {
        return length == 0 ? NONE : (long) from << Integer.SIZE | length;
    }

    static int from(long span) {
        return (int) (span >>> Integer.SIZE);
    }

    static int length(long span) {
        return (int) span;
    }

    static int end(long span) {
        return from(span) + length(span);
    }

    /// The part from a number of bytes on.
    static long after(long span, int skipped) {
        return of(from(span) + skipped, length(span) - skipped);
    }

    /// The first bytes.
    static long first(long span, int length) {
        return of(from(span), length);
    }

    /// Whether the bytes are exactly this ASCII text.
    static boolean is(byte[] bytes, long span, String text) {
        return length(span) == text.length() && startsWith(bytes, span, text);
    }

    static boolean startsWith(byte[] bytes, long span, String text) {
        return length(span) >= text.length() && matches(bytes, from(span), text);
    }

    static boolean endsWith(byte[] bytes, long span, String text) {
        return length(span) >= text.length() && matches(bytes, end(span) - text.length(), text);
    }

    /// The place of the first such byte, counted from the start of the span; -1 if there is none.
    static int indexOf(byte[] bytes, long span, char sought) {
        int from = from(span);
        for (int i = 0; i < length(span); i++) {
            if (bytes[from + i] == sought) {
                return i;
            }
        }
        return -1;
    }

    static boolean contains(byte[] bytes, long span, String text) {
        for (int i = from(span); i <= end(span) - text.length(); i++) {
            if (matches(bytes, i, text)) {
                return true;
            }
        }
        return false;
    }

    /// Whether two places, in one array or two, hold the same bytes.
    static boolean same(byte[] bytes, long span, byte[] others, long other) {
        return length(span) == length(other)
                && java.util.Arrays.equals(bytes, from(span), end(span), others, from(other), end(other));
    }

    private static boolean matches(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
