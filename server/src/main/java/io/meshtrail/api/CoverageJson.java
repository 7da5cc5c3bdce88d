package io.meshtrail.api;

import io.meshtrail.query.Coverage;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// Writes what an answer rests on: `complete`, `missing`, `asOf`.
final class CoverageJson {
    /// The words with which a missing part may begin, before a colon.
    private static final Set<String> REASONS = Set.of("catching_up", "time_out", "pruned", "unreadable");

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
        int colon = missing.indexOf(": ");
        String reason = colon > 0 ? missing.substring(0, colon) : "";
        boolean known = REASONS.contains(reason);
        json.writeStartObject();
        json.writeStringProperty("reason", known ? reason : "unreadable");
        json.writeStringProperty("detail", known ? missing.substring(colon + 2) : missing);
        json.writeEndObject();
    }
}
