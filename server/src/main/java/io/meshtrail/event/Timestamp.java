package io.meshtrail.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/// Times as nanoseconds since 1970 UTC, and their one form as text: `2026-11-24T13:36:30.123456789Z`, always
/// thirty
/// characters. The range is what a signed 64-bit number of nanoseconds holds between the years 1677 and 2262.
public final class Timestamp {
    /// The number of characters of every printed time.
    public static final int LENGTH = 30;

    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long SECONDS_A_DAY = 86_400L;

    private Timestamp() {}

    /// The nanoseconds of an instant.
    ///
    /// @throws ArithmeticException if it is outside the range
    public static long nanos(Instant instant) {
        long seconds = instant.getEpochSecond();
        // from the next second back, so that the first, partial second of the range does not overflow on the
        // way
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, NANOS_A_SECOND), instant.getNano() - NANOS_A_SECOND)
                : Math.addExact(Math.multiplyExact(seconds, NANOS_A_SECOND), instant.getNano());
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_A_SECOND), Math.floorMod(nanos, NANOS_A_SECOND));
    }

    /// RFC 3339 text with nine digits and `Z`.
    public static String print(long nanos) {
        byte[] text = new byte[LENGTH];
        print(nanos, text, 0);
        return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /// Writes the thirty characters of [#print(long)] at a place in an array.
    public static void print(long nanos, byte[] target, int at) {
        long seconds = Math.floorDiv(nanos, NANOS_A_SECOND);
        int fraction = (int) Math.floorMod(nanos, NANOS_A_SECOND);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
        int second = (int) Math.floorMod(seconds, SECONDS_A_DAY);
        digits(target, at, date.getYear(), 4);
        target[at + 4] = '-';
        digits(target, at + 5, date.getMonthValue(), 2);
        target[at + 7] = '-';
        digits(target, at + 8, date.getDayOfMonth(), 2);
        target[at + 10] = 'T';
        digits(target, at + 11, second / 3600, 2);
        target[at + 13] = ':';
        digits(target, at + 14, second / 60 % 60, 2);
        target[at + 16] = ':';
        digits(target, at + 17, second % 60, 2);
        target[at + 19] = '.';
        digits(target, at + 20, fraction, 9);
        target[at + 29] = 'Z';
    }

    /// Reads RFC 3339 text with any number of fraction digits up to nine and any offset; empty if it is none or
    /// out of
    /// range.
    public static OptionalLong parse(String text) {
        if (text.length() < 20) {
            return OptionalLong.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            return OptionalLong.of(nanos(time.toInstant()));
        } catch (DateTimeException | ArithmeticException notATime) {
            return OptionalLong.empty();
        }
    }

    private static void digits(byte[] target, int at, int value, int count) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
