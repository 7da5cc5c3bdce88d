package io.meshtrail.mask;

import java.nio.charset.StandardCharsets;

/// Percent-encoded text, decoded leniently: what is no valid escape stays as it is.
final class PercentText {
    /// How often a text may have been encoded and is still seen through.
    private static final int ROUNDS = 3;

    private PercentText() {}

    /// The text decoded until nothing changes any more, at most three times.
    static String decode(String text) {
        String decoded = text;
        for (int round = 0; round < ROUNDS && decoded.indexOf('%') >= 0; round++) {
            String next = once(decoded);
            if (next.equals(decoded)) {
                return decoded;
            }
            decoded = next;
        }
        return decoded;
    }

    private static String once(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int size = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (low < 0) {
                out[size++] = in[i];
            } else {
                out[size++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }
}
