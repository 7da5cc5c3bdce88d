package io.meshtrail.event;

import java.util.Arrays;
import java.util.List;

/// A growing array of RFC 8785 JSON in UTF-8: what the canonical form needs and no more.
final class JsonBytes {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[2_048];
    private int size;
    private boolean first = true;

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void open() {
        put((byte) '{');
        first = true;
    }

    void close() {
        put((byte) '}');
    }

    void key(String key) {
        comma();
        string(key);
        put((byte) ':');
    }

    /// A key that is quoted already and has its colon.
    void key(byte[] quoted) {
        comma();
        ensure(quoted.length);
        System.arraycopy(quoted, 0, bytes, size, quoted.length);
        size += quoted.length;
    }

    private void comma() {
        if (!first) {
            put((byte) ',');
        }
        first = false;
    }

    void number(long value) {
        ascii(Long.toString(value));
    }

    void time(long nanos) {
        ensure(Timestamp.LENGTH + 2);
        bytes[size++] = '"';
        Timestamp.print(nanos, bytes, size);
        size += Timestamp.LENGTH;
        bytes[size++] = '"';
    }

    void strings(List<String> values) {
        put((byte) '[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                put((byte) ',');
            }
            string(values.get(i));
        }
        put((byte) ']');
    }

    /// A string with the escapes of RFC 8785 section 3.2.2.2: the short ones, a `u` and four digits for other
    /// control
    /// characters, and
    /// nothing else. The text must be well formed; a lone surrogate would have no UTF-8.
    void string(String text) {
        int length = text.length();
        ensure(length + 2);
        byte[] target = bytes;
        int at = size;
        target[at++] = '"';
        int plain = 0;
        while (plain < length && isPlain(text.charAt(plain))) {
            target[at++] = (byte) text.charAt(plain++);
        }
        if (plain == length) {
            target[at++] = '"';
            size = at;
        } else {
            size = at;
            escaped(text, plain);
        }
    }

    /// A character that stands for itself, in one byte.
    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
    }

    /// The rest of a string from its first character on that needs an escape or more bytes.
    private void escaped(String text, int from) {
        int length = text.length();
        ensure((length - from) * 6 + 1);
        byte[] target = bytes;
        int at = size;
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80) {
                if (c == '"' || c == '\\') {
                    target[at++] = '\\';
                }
                target[at++] = (byte) c;
            } else if (c < 0x20) {
                at = control(c, target, at);
            } else if (c < 0x800) {
                target[at++] = (byte) (0xC0 | c >> 6);
                target[at++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xE0 | c >> 12);
                target[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                target[at++] = (byte) (0x80 | c & 0x3F);
            } else {
                if (!Character.isHighSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("lone surrogate at character " + i);
                }
                int point = Character.toCodePoint(c, text.charAt(++i));
                target[at++] = (byte) (0xF0 | point >> 18);
                target[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                target[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                target[at++] = (byte) (0x80 | point & 0x3F);
            }
        }
        target[at++] = '"';
        size = at;
    }

    private static int control(char c, byte[] target, int from) {
        int at = from;
        target[at++] = '\\';
        switch (c) {
            case '\b' -> target[at++] = 'b';
            case '\t' -> target[at++] = 't';
            case '\n' -> target[at++] = 'n';
            case '\f' -> target[at++] = 'f';
            case '\r' -> target[at++] = 'r';
            default -> {
                target[at++] = 'u';
                target[at++] = '0';
                target[at++] = '0';
                target[at++] = HEX[c >> 4];
                target[at++] = HEX[c & 15];
            }
        }
        return at;
    }

    private void ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void put(byte value) {
        ensure(1);
        bytes[size++] = value;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
