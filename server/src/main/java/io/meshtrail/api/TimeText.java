package io.meshtrail.api;

import io.meshtrail.event.Timestamp;
import io.meshtrail.http.Parameters;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A bound of a time range: RFC 3339, `now`, or `now-15m` (units `s` `m` `h` `d` `w`).
final class TimeText {
    private static final Pattern RELATIVE = Pattern.compile("now(?:-([0-9]{1,9})([smhdw]))?");
    private static final long SECOND = 1_000_000_000L;

    private TimeText() {}

    /// Nanoseconds since 1970; `absent` if there is no bound.
    ///
    /// @throws io.meshtrail.http.ProblemException (400) if the text is no time
    static long parse(String parameter, Optional<String> text, long absent, long now) {
        if (text.isEmpty()) {
            return absent;
        }
        Matcher relative = RELATIVE.matcher(text.get());
        if (relative.matches()) {
            return relative.group(1) == null ? now : before(now, relative.group(1), relative.group(2));
        }
        OptionalLong time = Timestamp.parse(text.get());
        return time.orElseThrow(() -> Parameters.mistake(
                parameter, "\"" + text.get() + "\" is neither RFC 3339 (2026-11-24T10:15:00Z) nor like now-15m"));
    }

    private static long before(long now, String count, String unit) {
        long seconds =
                switch (unit.charAt(0)) {
                    case 's' -> 1;
                    case 'm' -> 60;
                    case 'h' -> 3_600;
                    case 'd' -> 86_400;
                    default -> 604_800;
                };
        try {
            return Math.subtractExact(
                    now, Math.multiplyExact(Math.multiplyExact(Long.parseLong(count), seconds), SECOND));
        } catch (ArithmeticException beforeAllTime) {
            return Long.MIN_VALUE;
        }
    }
}
