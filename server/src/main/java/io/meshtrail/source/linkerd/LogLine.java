package io.meshtrail.source.linkerd;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import java.util.LinkedHashMap;
import java.util.Map;

/// A line of the diagnostic log, whichever form it had.
///
/// @param time RFC 3339 text, or the seconds since the start of the proxy as `[  12.345s]`
/// @param target the module that wrote it, such as `linkerd_app_inbound::policy::http`
/// @param fields flat, with dots in their names
/// @param spans what encloses the line: the name of each span with an empty text, and its fields as
///     `<span>.<field>`
/// @param record the same as JSON, to be kept as `raw` where the line was JSON
record LogLine(
        String time,
        String level,
        String target,
        String message,
        Map<String, String> fields,
        Map<String, String> spans,
        Json record) {
    static boolean isOne(Json record) {
        return record.fields().containsKey("level") && record.fields().containsKey("target");
    }

    static LogLine ofJson(Json record) {
        Map<String, String> fields = new LinkedHashMap<>();
        record.get("fields").fields().forEach((key, value) -> value.scalar().ifPresent(text -> fields.put(key, text)));
        Map<String, String> spans = new LinkedHashMap<>();
        for (Json span : record.get("spans").items()) {
            String name = span.get("name").text().orElse("");
            spans.put(name, "");
            span.fields()
                    .forEach((key, value) -> value.scalar()
                            .filter(text -> !key.equals("name"))
                            .ifPresent(text -> spans.put(name + "." + key, text)));
        }
        return new LogLine(
                record.get("timestamp").text().orElse(""),
                record.get("level").text().orElse(""),
                record.get("target").text().orElse(""),
                fields.getOrDefault("message", ""),
                fields,
                spans,
                record);
    }

    /// The same without secrets.
    LogLine masked(Mask mask, MaskNotes notes) {
        return new LogLine(time, level, target, message, clean(fields, mask, notes), clean(spans, mask, notes), record);
    }

    private static Map<String, String> clean(Map<String, String> texts, Mask mask, MaskNotes notes) {
        Map<String, String> clean = new LinkedHashMap<>();
        texts.forEach((name, text) -> clean.put(name, mask.text(text, name, notes)));
        return clean;
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    String span(String field) {
        return spans.getOrDefault(field, "");
    }

    boolean isOutbound() {
        return spans.containsKey("outbound");
    }

    /// Whether a module of this name, or one inside it, wrote it.
    boolean isOf(String module) {
        return target.equals(module) || target.startsWith(module + "::");
    }
}
