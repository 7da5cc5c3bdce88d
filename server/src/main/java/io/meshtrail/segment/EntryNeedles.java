package io.meshtrail.segment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Takes the values of sidecars out of entries, for those who check: what they compare with are the very
/// bytes whose leaf hashes they check, and not what an engine says of columns.
///
/// An entry is one flat JSON object without blanks; nothing else comes here, since its hash was right.
final class EntryNeedles {
    private static final Map<String, Integer> SEEDS = Needle.seedsByKey();
    private static final byte[][] KEYS = SEEDS.keySet().stream()
            .sorted()
            .map(key -> key.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
    private static final int[] SEEDS_OF_KEYS = SEEDS.keySet().stream()
            .sorted()
            .mapToInt(key -> SEEDS.getOrDefault(key, 0))
            .toArray();

    private final NeedleBuilder builder;

    EntryNeedles(NeedleBuilder builder) {
        this.builder = builder;
    }

    /// @throws IllegalArgumentException if the bytes are no entry
    void collect(long leafIndex, byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset + 1;
        // Keys are sorted, so each is looked for from where the one before was found.
        int next = 0;
        while (at < end && bytes[at] == '"' && next < KEYS.length) {
            int key = at + 1;
            int keyEnd = endOfText(bytes, key, end);
            while (next < KEYS.length && Arrays.compare(KEYS[next], 0, KEYS[next].length, bytes, key, keyEnd) < 0) {
                next++;
            }
            int value = keyEnd + 2;
            int valueEnd = endOfValue(bytes, value, end);
            if (next < KEYS.length && Arrays.equals(KEYS[next], 0, KEYS[next].length, bytes, key, keyEnd)) {
                add(leafIndex, SEEDS_OF_KEYS[next], bytes, value + 1, valueEnd - 1);
            }
            at = valueEnd + 1;
        }
    }

    private void add(long leafIndex, int seed, byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                byte[] text = unescaped(bytes, start, end);
                builder.add(leafIndex, seed, text, 0, text.length);
                return;
            }
        }
        builder.add(leafIndex, seed, bytes, start, end);
    }

    /// Where the quote is that ends a text.
    private static int endOfText(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        if (at >= end) {
            throw new IllegalArgumentException("a text without an end in an entry");
        }
        return at;
    }

    /// One after a value: a text, a number, or a list of texts.
    private static int endOfValue(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != ',' && bytes[at] != '}') {
            if (bytes[at] == '"') {
                at = endOfText(bytes, at + 1, end) + 1;
            } else if (bytes[at] == '[') {
                at++;
                while (at < end && bytes[at] != ']') {
                    at = bytes[at] == '"' ? endOfText(bytes, at + 1, end) + 1 : at + 1;
                }
            } else {
                at++;
            }
        }
        return at;
    }

    /// A text without its escapes: those of RFC 8785, which has no others.
    private static byte[] unescaped(byte[] bytes, int start, int end) {
        byte[] text = new byte[end - start];
        int length = 0;
        int at = start;
        while (at < end) {
            boolean escaped = bytes[at] == '\\';
            byte sign = bytes[escaped ? at + 1 : at];
            if (escaped && sign == 'u') {
                text[length++] = (byte) (Character.digit(bytes[at + 4], 16) << 4 | Character.digit(bytes[at + 5], 16));
                at += 6;
            } else {
                text[length++] = escaped ? control(sign) : sign;
                at += escaped ? 2 : 1;
            }
        }
        return Arrays.copyOf(text, length);
    }

    private static byte control(byte sign) {
        return switch (sign) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> sign;
        };
    }
}
