package io.meshtrail.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Finds `received` in an entry's bytes without decoding the rest. The key stands in them once and
/// unescaped: inside a string every quotation mark has a backslash before it.
final class ReceivedText {
    private static final byte[] KEY = "\"received\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = "2026-11-24T15:00:00.000000000Z".length();
    private static final long SECOND = 1_000_000_000L;

    private ReceivedText() {}

    /// Nanoseconds since 1970.
    static long of(byte[] entry) throws IOException {
        int at = find(entry);
        if (at < 0 || at + LENGTH > entry.length) {
            throw new IOException("an entry of " + entry.length + " bytes does not say when it was received");
        }
        String text = new String(entry, at, LENGTH, StandardCharsets.US_ASCII);
        try {
            Instant instant = Instant.parse(text);
            return instant.getEpochSecond() * SECOND + instant.getNano();
        } catch (DateTimeParseException damaged) {
            throw new IOException("an entry was received at '" + text + "'", damaged);
        }
    }

    private static int find(byte[] entry) {
        for (int i = 0; i + KEY.length <= entry.length; i++) {
            if (entry[i] == KEY[0] && java.util.Arrays.equals(entry, i, i + KEY.length, KEY, 0, KEY.length)) {
                return i + KEY.length;
            }
        }
        return -1;
    }
}
