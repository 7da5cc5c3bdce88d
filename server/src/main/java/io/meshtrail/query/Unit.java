package io.meshtrail.query;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whole numbers with a unit behind them: `250ms`, `1.5s`, `10KB`, `1MiB`, and plain numbers.
///
/// @param forms what can be written, for error messages
/// @param factors by unit in lower case; the empty unit is 1
record Unit(String forms, Map<String, Long> factors) {
    static final Unit NONE = new Unit("a whole number", Map.of("", 1L));

    /// Durations in nanoseconds.
    static final Unit DURATIONS = new Unit(
            "a duration such as 250ms, 1.5s, 2m, or a number of nanoseconds",
            Map.ofEntries(
                    Map.entry("", 1L),
                    Map.entry("ns", 1L),
                    Map.entry("us", 1_000L),
                    Map.entry("µs", 1_000L),
                    Map.entry("ms", 1_000_000L),
                    Map.entry("s", 1_000_000_000L),
                    Map.entry("m", 60_000_000_000L),
                    Map.entry("h", 3_600_000_000_000L),
                    Map.entry("d", 86_400_000_000_000L),
                    Map.entry("w", 604_800_000_000_000L)));

    /// Numbers of bytes.
    static final Unit BYTES = new Unit(
            "a number of bytes such as 512, 10KB or 1MiB",
            Map.ofEntries(
                    Map.entry("", 1L),
                    Map.entry("b", 1L),
                    Map.entry("kb", 1_000L),
                    Map.entry("mb", 1_000_000L),
                    Map.entry("gb", 1_000_000_000L),
                    Map.entry("tb", 1_000_000_000_000L),
                    Map.entry("kib", 1L << 10),
                    Map.entry("mib", 1L << 20),
                    Map.entry("gib", 1L << 30),
                    Map.entry("tib", 1L << 40)));

    /// The largest number that can be written, 2^60: enough for every field and safe to step beyond.
    static final long LIMIT = 1L << 60;

    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,19}(?:\\.[0-9]{1,9})?)([A-Za-zµ]{0,3})");

    /// Reads a number; empty if it is none, not whole, or over [#LIMIT].
    Optional<Long> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long factor = factors.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (factor == null) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        if (number.abs().compareTo(BigDecimal.valueOf(LIMIT)) > 0) {
            return Optional.empty();
        }
        BigDecimal whole = number.stripTrailingZeros();
        return whole.scale() > 0 ? Optional.empty() : Optional.of(whole.longValueExact());
    }
}
