package io.meshtrail.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array of RFC 8785 JSON in UTF-8, written from UTF-8. Strings are taken as bytes, since they come
/// out of columns as bytes; the escapes are the same as in [io.meshtrail.event.EventCodec], which judges the
/// result.
final class JsonText {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Times a byte, that byte eight times.
    private static final long EACH = 0x0101_0101_0101_0101L;

    private static final long TOP_BITS = EACH << 7;

    private byte[] bytes = new byte[4_096];
    private int size;

    /// The bytes so far, in an array that is longer; valid until the next call.
    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
    }

    JsonText ascii(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
        return this;
    }

    JsonText raw(byte[] text) {
        return raw(text, 0, text.length);
    }

    JsonText raw(byte[] text, int from, int to) {
        ensure(to - from);
        System.arraycopy(text, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    JsonText number(long value) {
        ensure(20);
        if (value < 0) {
            return raw(Long.toString(value).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /// A time in its thirty characters, with quotes.
    JsonText time(long nanos) {
        ensure(io.meshtrail.event.Timestamp.LENGTH + 2);
        bytes[size++] = '"';
        io.meshtrail.event.Timestamp.print(nanos, bytes, size);
        size += io.meshtrail.event.Timestamp.LENGTH;
        bytes[size++] = '"';
        return this;
    }

    JsonText string(byte[] text) {
        return string(text, 0, text.length);
    }

    /// A string with its quotes. Most need no escape at all and are copied as they are.
    JsonText string(byte[] text, int from, int to) {
        int length = to - from;
        ensure(6 * length + 2);
        bytes[size++] = '"';
        int plain = plainRun(text, from, to);
        System.arraycopy(text, from, bytes, size, plain - from);
        size += plain - from;
        for (int i = plain; i < to; i++) {
            escape(text[i]);
        }
        bytes[size++] = '"';
        return this;
    }

    private static int plainRun(byte[] text, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES && !needsEscape((long) WORDS.get(text, i))) {
            i += Long.BYTES;
        }
        while (i < to && (text[i] >= 0x20 || text[i] < 0) && text[i] != '"' && text[i] != '\\') {
            i++;
        }
        return i;
    }

    /// Whether one of eight bytes is below 0x20, a quote or a backslash. Taking `n` from each byte sets a top
    /// bit only where the byte was below `n`, where it was set before (which `& ~` takes out), or above such a
    /// place.
    private static boolean needsEscape(long word) {
        long quotes = word ^ EACH * '"';
        long backslashes = word ^ EACH * '\\';
        long found =
                ((word - EACH * 0x20) & ~word) | ((quotes - EACH) & ~quotes) | ((backslashes - EACH) & ~backslashes);
        return (found & TOP_BITS) != 0;
    }

    private void escape(byte b) {
        if (b < 0 || (b >= 0x20 && b != '"' && b != '\\')) {
            bytes[size++] = b;
            return;
        }
        bytes[size++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[size++] = b;
            case '\b' -> bytes[size++] = 'b';
            case '\t' -> bytes[size++] = 't';
            case '\n' -> bytes[size++] = 'n';
            case '\f' -> bytes[size++] = 'f';
            case '\r' -> bytes[size++] = 'r';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[b >> 4];
                bytes[size++] = HEX[b & 15];
            }
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
