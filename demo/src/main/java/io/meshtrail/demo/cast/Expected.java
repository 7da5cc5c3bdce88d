package io.meshtrail.demo.cast;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What the primary event of a case must say, by field name of the query language.
///
/// @param fields exact values; the first ones suffice to find the case's events among all others
/// @param keys how many of the fields, from the first, make the query
public record Expected(Map<String, String> fields, int keys) {
    public Expected {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        if (keys < 1 || keys > fields.size()) {
            throw new IllegalArgumentException("keys must be 1 to " + fields.size() + ", found " + keys);
        }
    }

    static Expected of(String kind, String outcome, String... keyValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("outcome", outcome);
        for (int i = 0; i < keyValues.length; i += 2) {
            fields.put(keyValues[i], keyValues[i + 1]);
        }
        return new Expected(fields, fields.size());
    }

    /// The same, with more that must hold but is not needed to find the event.
    Expected and(String... keyValues) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        for (int i = 0; i < keyValues.length; i += 2) {
            more.put(keyValues[i], keyValues[i + 1]);
        }
        return new Expected(more, keys);
    }

    /// A query that finds the events of the case and no others of the demo.
    public String query() {
        return fields.entrySet().stream()
                .limit(keys)
                .map(field -> field.getKey() + ":"
                        + (field.getValue().contains("*") || field.getValue().matches("[A-Za-z0-9_.-]+")
                                ? field.getValue()
                                : "\"" + field.getValue() + "\""))
                .collect(Collectors.joining(" "));
    }
}
