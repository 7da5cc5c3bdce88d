package io.meshtrail.privacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A text with its percent-encoding taken off, and where each of its characters stood.
final class PercentDecoded {
    private final String text;

    /// For each character, and the end, its place in the original; empty if nothing was encoded.
    private final int[] starts;

    private PercentDecoded(String text, int[] starts) {
        this.text = text;
        this.starts = starts;
    }

    static PercentDecoded of(String text) {
        if (text.indexOf('%') < 0) {
            return new PercentDecoded(text, new int[0]);
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int[] starts = new int[text.length() + 1];
        int at = 0;
        while (at < text.length()) {
            int end = at;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (isEncoded(text, end)) {
                bytes.write(Integer.parseInt(text, end + 1, end + 3, 16));
                end += 3;
            }
            String run = bytes.toString(StandardCharsets.UTF_8);
            // Bytes that are no UTF-8 say nothing about a value; they stay as they are written.
            if (end == at || run.indexOf('\uFFFD') >= 0) {
                end = end == at ? at + 1 : end;
                for (int i = at; i < end; i++) {
                    starts[decoded.length()] = i;
                    decoded.append(text.charAt(i));
                }
            } else {
                int from = at;
                for (int i = 0; i < run.length(); i++) {
                    starts[decoded.length()] = from;
                    decoded.append(run.charAt(i));
                    if (!Character.isHighSurrogate(run.charAt(i))) {
                        from += 3
                                * String.valueOf(Character.toChars(run.codePointBefore(i + 1)))
                                        .getBytes(StandardCharsets.UTF_8)
                                        .length;
                    }
                }
            }
            at = end;
        }
        starts[decoded.length()] = text.length();
        return new PercentDecoded(decoded.toString(), Arrays.copyOf(starts, decoded.length() + 1));
    }

    private static boolean isEncoded(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == '%'
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && text.charAt(at + 1) < 0x80
                && text.charAt(at + 2) < 0x80;
    }

    String text() {
        return text;
    }

    /// Where the character at a place of the decoded text began; the end for its length.
    int start(int place) {
        return starts.length == 0 ? place : starts[place];
    }
}
