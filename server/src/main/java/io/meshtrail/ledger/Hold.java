package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A legal hold: events that may be neither pruned nor erased until it is lifted. Narrowed by ledger, range and
/// query as far as they are given; without any of them everything is held.
///
/// @param id sixteen hexadecimal digits
/// @param caseName the case it is for, one line
/// @param by who asked for it, as he said
/// @param ledger of which the events are; empty for all
/// @param from the first entry, 0 if not limited
/// @param to one more than the last, Long.MAX_VALUE if not limited
/// @param query what the events must be like; empty for any
/// @param minimums by ledger, the minimum index that it had by then, if it was pruned: what a hold cannot keep
/// @param rootIndex the entry of `root` that says so
/// @param at nanoseconds since 1970 at which that entry was received; what `now` in the query means
public record Hold(
        String id,
        String caseName,
        String by,
        Optional<String> ledger,
        long from,
        long to,
        String query,
        Map<String, Long> minimums,
        long rootIndex,
        long at) {
    /// The most bytes of a query: what fits an attribute.
    public static final int QUERY_LIMIT = 4_096;

    /// The most characters of a case and of a name.
    public static final int TEXT_LIMIT = 200;

    public Hold {
        minimums = Map.copyOf(minimums);
        if (!id.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("hold id '" + id + "': sixteen hexadecimal digits are expected");
        }
        line("case", caseName);
        line("by", by);
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("hold of entries " + from + " to " + (to - 1));
        }
        if (ledger.isEmpty() && (from > 0 || to < Long.MAX_VALUE)) {
            throw new IllegalArgumentException("a hold of a range names its ledger");
        }
        if (query.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > QUERY_LIMIT) {
            throw new IllegalArgumentException("the query of a hold has at most " + QUERY_LIMIT + " bytes");
        }
    }

    private static void line(String what, String text) {
        if (text.isBlank() || text.length() > TEXT_LIMIT || text.chars().anyMatch(c -> c < 0x20)) {
            throw new IllegalArgumentException(
                    "the " + what + " of a hold is one line of 1 to " + TEXT_LIMIT + " characters");
        }
    }

    /// Whether it holds whatever is in its range.
    public boolean isWithoutQuery() {
        return query.isBlank();
    }

    /// Whether it can hold an entry of a range.
    public boolean meets(String name, long first, long end) {
        return ledger.map(name::equals).orElse(true) && from < end && first < to;
    }

    /// What the entry of `root` says.
    Map<String, String> attributes() {
        Map<String, String> says = new TreeMap<>(Map.of("id", id, "case", caseName, "by", by));
        ledger.ifPresent(name -> says.put("ledger", name));
        if (from > 0) {
            says.put("from", Long.toString(from));
        }
        if (to < Long.MAX_VALUE) {
            says.put("to", Long.toString(to));
        }
        if (!isWithoutQuery()) {
            says.put("query", query);
        }
        if (!minimums.isEmpty()) {
            says.put(
                    "minimums",
                    new TreeMap<>(minimums)
                            .entrySet().stream()
                                    .map(each -> each.getKey() + " " + each.getValue())
                                    .collect(Collectors.joining("\n")));
        }
        return says;
    }

    private static Map<String, Long> minimums(String lines) {
        Map<String, Long> minimums = new TreeMap<>();
        lines.lines().map(line -> line.split(" ", 2)).forEach(pair -> {
            if (pair.length == 2) {
                minimums.put(pair[0], Long.parseLong(pair[1]));
            }
        });
        return minimums;
    }

    /// The hold that an entry of `root` places.
    ///
    /// @throws IllegalArgumentException if it is none
    static Hold of(long rootIndex, AuditEvent event) {
        Map<String, String> says = event.attributes();
        return new Hold(
                says.getOrDefault("id", ""),
                says.getOrDefault("case", ""),
                says.getOrDefault("by", ""),
                Optional.ofNullable(says.get("ledger")),
                Long.parseLong(says.getOrDefault("from", "0")),
                Long.parseLong(says.getOrDefault("to", Long.toString(Long.MAX_VALUE))),
                says.getOrDefault("query", ""),
                minimums(says.getOrDefault("minimums", "")),
                rootIndex,
                event.number(Field.RECEIVED).orElseThrow());
    }
}
