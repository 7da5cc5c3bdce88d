package io.meshtrail.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Damages inputs in every way that bytes can be damaged: flipped, cut, doubled, spliced with another input,
/// and
/// with hostile pieces put in.
public final class Mutations {
    private static final List<byte[]> PIECES = List.of(
            bytes("\0"),
            bytes("\\ud800"),
            bytes("\\u0000"),
            bytes("[[[[[[[["),
            bytes("{\"a\":"),
            bytes("\"\"\""),
            bytes("null"),
            bytes("-1e999999"),
            bytes("99999999999999999999999999"),
            bytes("\r\n\n"),
            bytes("%%%25"),
            bytes("://:@"),
            bytes("eyJ.eyJ.eyJ"),
            bytes("=:=:"),
            bytes("\"items\":["),
            bytes("true"),
            bytes("1970-01-01T00:00:00Z"),
            bytes("9999-12-31T23:59:59.999999999+18:00"),
            bytes("0000-01-01T00:00:00Z"),
            bytes("-----BEGIN PRIVATE KEY-----"),
            bytes("Bearer "),
            new byte[] {(byte) 0xFF, (byte) 0xC0},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});

    private final Random random;
    private final List<byte[]> inputs;

    public Mutations(Random random, List<byte[]> inputs) {
        this.random = random;
        this.inputs = inputs;
    }

    public byte[] next() {
        byte[] input = slice(inputs.get(random.nextInt(inputs.size())));
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            input = change(input);
        }
        return input;
    }

    private byte[] change(byte[] input) {
        int at = random.nextInt(input.length + 1);
        return switch (random.nextInt(5)) {
            case 0 -> flip(input);
            case 1 -> Arrays.copyOf(input, at);
            case 2 -> insert(input, at, PIECES.get(random.nextInt(PIECES.size())));
            case 3 -> insert(input, at, Arrays.copyOfRange(input, at / 2, at));
            default -> insert(input, at, slice(inputs.get(random.nextInt(inputs.size()))));
        };
    }

    private byte[] flip(byte[] input) {
        byte[] flipped = input.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /// At most 4 KiB, mostly from the beginning of a line.
    private byte[] slice(byte[] input) {
        if (input.length == 0) {
            return input;
        }
        int from = random.nextInt(input.length);
        while (from > 0 && input[from - 1] != '\n' && random.nextInt(10_000) > 0) {
            from--;
        }
        return Arrays.copyOfRange(input, from, Math.min(input.length, from + 4_096));
    }

    private static byte[] insert(byte[] input, int at, byte[] piece) {
        byte[] joined = Arrays.copyOf(input, input.length + piece.length);
        System.arraycopy(piece, 0, joined, at, piece.length);
        System.arraycopy(input, at, joined, at + piece.length, input.length - at);
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
