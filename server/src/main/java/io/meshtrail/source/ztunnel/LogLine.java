package io.meshtrail.source.ztunnel;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A line of the log, whichever form it had.
///
/// @param scope the target that wrote it, such as `access`, without a crate's name before it
/// @param fields flat, with dots in their names
/// @param record the same as JSON, to be kept as `raw` where the line was JSON
record LogLine(String time, String level, String scope, String message, Map<String, String> fields, Json record) {
    /// Empty if it does not look like a line of ztunnel.
    static Optional<LogLine> ofJson(Json record) {
        String scope = first(record, "scope", "target");
        if (scope.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        flatten(record, "", fields);
        // The layout of the tracing library itself has the fields one level deeper.
        flatten(record.get("fields"), "", fields);
        String message = fields.getOrDefault("message", "");
        return Optional.of(new LogLine(
                first(record, "time", "timestamp"), first(record, "level"), scope, message, fields, record));
    }

    /// The same without secrets.
    LogLine masked(Mask mask, MaskNotes notes) {
        Map<String, String> clean = new LinkedHashMap<>();
        fields.forEach((field, value) -> clean.put(field, mask.text(value, field, notes)));
        return new LogLine(time, level, scope, mask.text(message, "detail", notes), clean, record);
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    /// Whether a target of this name wrote it.
    boolean isOf(String name) {
        return scope.equals(name) || scope.endsWith("::" + name);
    }

    private static void flatten(Json object, String prefix, Map<String, String> fields) {
        object.fields().forEach((key, value) -> {
            value.scalar().ifPresent(text -> fields.putIfAbsent(prefix + key, text));
            if (prefix.isEmpty() && !key.equals("fields")) {
                flatten(value, key + ".", fields);
            }
        });
    }

    private static String first(Json record, String... keys) {
        for (String key : keys) {
            Optional<String> text = record.get(key).text();
            if (text.isPresent()) {
                return text.get();
            }
        }
        return "";
    }
}
