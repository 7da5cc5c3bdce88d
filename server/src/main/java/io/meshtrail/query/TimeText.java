package io.meshtrail.query;

import io.meshtrail.event.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: RFC 3339, a date (the whole day in UTC), `now` and `now-1h30m`.
public final class TimeText {
    /// What can be written, for error messages.
    static final String FORMS = "RFC 3339 such as 2026-11-24T10:00:00Z, a date, now or now-15m";

    private static final Pattern RELATIVE = Pattern.compile("now((?:[+-][0-9]{1,9}[a-zµ]{1,2})*)");
    private static final Pattern STEP = Pattern.compile("([+-])([0-9]{1,9}[a-zµ]{1,2})");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final long NANOS_A_DAY = 86_400_000_000_000L;

    private TimeText() {}

    /// The first nanosecond since 1970 that the text means; empty if it is no time or out of range.
    ///
    /// @param now nanoseconds since 1970, for `now`
    public static OptionalLong parse(String text, long now) {
        Optional<Span> span = span(text, now);
        return span.isPresent() ? OptionalLong.of(span.get().first()) : OptionalLong.empty();
    }

    static Optional<Span> span(String text, long now) {
        if (text.startsWith("now")) {
            return relative(text, now);
        }
        if (DATE.matcher(text).matches()) {
            return day(text);
        }
        OptionalLong time = Timestamp.parse(text);
        return time.isPresent() ? Optional.of(Span.of(time.getAsLong())) : Optional.empty();
    }

    private static Optional<Span> day(String text) {
        try {
            long first = Timestamp.nanos(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            return Optional.of(new Span(first, Math.addExact(first, NANOS_A_DAY - 1)));
        } catch (DateTimeException | ArithmeticException notADay) {
            return Optional.empty();
        }
    }

    private static Optional<Span> relative(String text, long now) {
        Matcher matcher = RELATIVE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long time = now;
        Matcher step = STEP.matcher(matcher.group(1));
        try {
            while (step.find()) {
                Optional<Long> nanos = Unit.DURATIONS.read(step.group(2));
                if (nanos.isEmpty()) {
                    return Optional.empty();
                }
                time = Math.addExact(time, step.group(1).equals("+") ? nanos.get() : -nanos.get());
            }
        } catch (ArithmeticException outOfRange) {
            return Optional.empty();
        }
        return Optional.of(Span.of(time));
    }
}
