package io.meshtrail.api;

import io.meshtrail.query.Coverage;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Writes what an answer rests on: `complete`, `missing`, `asOf`.
final class CoverageJson {
    /// By the words that stations use when they say what is missing.
    private static final Map<String, String> REASONS = Map.of(
            "catching up",
            "catching_up",
            "time-out",
            "time_out",
            "timed out",
            "time_out",
            "pruned",
            "pruned",
            "row limit",
            "row_limit",
            "stands for more than",
            "too_many_subjects");

    private CoverageJson() {}

    static void writeMembers(JsonGenerator json, Coverage coverage) {
        json.writeBooleanProperty("complete", coverage.complete());
        json.writeArrayPropertyStart("missing");
        coverage.missing().forEach(missing -> writeMissing(json, missing));
        json.writeEndArray();
        json.writeObjectPropertyStart("asOf");
        coverage.asOf().forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private static void writeMissing(JsonGenerator json, String missing) {
        json.writeStartObject();
        json.writeStringProperty("reason", reason(missing));
        json.writeStringProperty("detail", missing);
        json.writeEndObject();
    }

    /// The code that fits the words.
    private static String reason(String missing) {
        return REASONS.entrySet().stream()
                .filter(word -> missing.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("unreadable");
    }
}
