package io.meshtrail.ledger;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How long entries are to be kept, as `root` says it was told at each start that changed it.
final class TermsOnRecord {
    private final Map<String, Duration> current = new HashMap<>();
    private final Map<String, Duration> longest = new HashMap<>();
    private final Map<String, ClassOnRecord> classes = new HashMap<>();
    private boolean compliance;

    void apply(Map<String, String> says) {
        try {
            compliance = compliance || says.getOrDefault("mode", "").equals("compliance");
            String text = says.getOrDefault("after", says.getOrDefault("retention", ""));
            if (text.isEmpty()) {
                return;
            }
            Duration term = Duration.parse(text);
            String name = says.get("class");
            if (name != null) {
                classes.merge(
                        name,
                        new ClassOnRecord(says.getOrDefault("query", ""), term, term),
                        (before, now) ->
                                new ClassOnRecord(now.query(), now.term(), longer(before.longest(), now.term())));
            } else {
                String ledger = says.getOrDefault("ledger", "");
                current.put(ledger, term);
                longest.merge(ledger, term, TermsOnRecord::longer);
            }
        } catch (DateTimeException damaged) {
            // An entry that says no term sets none.
            return;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    Optional<Duration> current(String ledger) {
        return Optional.ofNullable(current.get(ledger));
    }

    Optional<Duration> longest(String ledger) {
        return Optional.ofNullable(longest.get(ledger));
    }

    Map<String, ClassOnRecord> classes() {
        return Map.copyOf(classes);
    }

    /// Whether compliance mode was ever on; it cannot be left.
    boolean isCompliance() {
        return compliance;
    }
}
