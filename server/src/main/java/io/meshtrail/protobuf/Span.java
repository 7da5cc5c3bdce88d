package io.meshtrail.protobuf;

/// A place in an array, `from` and `length`, in one long: facts of an entry stay where they are until
/// they are written into an event. [#NONE] is no place at all; an empty span is as good as none.
public final class Span {
    public static final long NONE = 0;

    private Span() {}

    public static long of(int from, int length) {
        return length == 0 ? NONE : (long) from << Integer.SIZE | length;
    }

    public static int from(long span) {
        return (int) (span >>> Integer.SIZE);
    }

    public static int length(long span) {
        return (int) span;
    }

    public static int end(long span) {
        return from(span) + length(span);
    }

    /// The part from a number of bytes on.
    public static long after(long span, int skipped) {
        return of(from(span) + skipped, length(span) - skipped);
    }

    /// The first bytes.
    public static long first(long span, int length) {
        return of(from(span), length);
    }

    /// Whether the bytes are exactly this ASCII text.
    public static boolean is(byte[] bytes, long span, String text) {
        return length(span) == text.length() && startsWith(bytes, span, text);
    }

    public static boolean startsWith(byte[] bytes, long span, String text) {
        return length(span) >= text.length() && matches(bytes, from(span), text);
    }

    public static boolean endsWith(byte[] bytes, long span, String text) {
        return length(span) >= text.length() && matches(bytes, end(span) - text.length(), text);
    }

    /// The place of the first such byte, counted from the start of the span; -1 if there is none.
    public static int indexOf(byte[] bytes, long span, char sought) {
        int from = from(span);
        for (int i = 0; i < length(span); i++) {
            if (bytes[from + i] == sought) {
                return i;
            }
        }
        return -1;
    }

    public static boolean contains(byte[] bytes, long span, String text) {
        for (int i = from(span); i <= end(span) - text.length(); i++) {
            if (matches(bytes, i, text)) {
                return true;
            }
        }
        return false;
    }

    /// Whether two places, in one array or two, hold the same bytes.
    public static boolean same(byte[] bytes, long span, byte[] others, long other) {
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
