package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Walks an `ExportLogsServiceRequest` in OTLP's JSON: names in lower camel case, ids in hexadecimal,
/// 64-bit numbers as strings or numbers.
final class JsonExport {
    private final Consumer<LogRecord> records;
    private final Optional<String> damage;
    private int number;

    /// @param damage of the body's bytes
    JsonExport(Optional<String> damage, Consumer<LogRecord> records) {
        this.damage = damage;
        this.records = records;
    }

    /// Why this is no export; empty if it is one, or an empty one.
    static Optional<String> complaint(Json export) {
        boolean one = export.get("resourceLogs") instanceof Json.Arr
                || (export.isObject() && export.fields().isEmpty());
        return one ? Optional.empty() : Optional.of("no export of logs: it has no list resourceLogs");
    }

    void walk(Json export) {
        for (Json resourceLogs : export.get("resourceLogs").items()) {
            Json resource = resourceLogs.get("resource");
            LogResource from = LogResource.of(attributes(resource.get("attributes")), resource.canonical());
            scopes(resourceLogs.get("scopeLogs"), "scope", from);
            scopes(resourceLogs.get("instrumentationLibraryLogs"), "instrumentationLibrary", from);
        }
    }

    private void scopes(Json list, String scopeKey, LogResource from) {
        for (Json scopeLogs : list.items()) {
            String scope = scopeLogs.get(scopeKey).get("name").text().orElse("");
            for (Json record : scopeLogs.get("logRecords").items()) {
                number++;
                records.accept(read(record, from, scope));
            }
        }
    }

    private LogRecord read(Json record, LogResource from, String scope) {
        Json body = value(record.get("body"));
        return new LogRecord(
                number,
                from,
                scope,
                record.get("eventName").text().orElse(""),
                time(record.get("timeUnixNano")),
                time(record.get("observedTimeUnixNano")),
                body,
                body instanceof Json.Text(String line)
                        ? Optional.of(line.getBytes(StandardCharsets.UTF_8))
                        : Optional.empty(),
                attributes(record.get("attributes")),
                id(record.get("traceId")),
                id(record.get("spanId")),
                record.canonical(),
                damage);
    }

    static Json attributes(Json list) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Json pair : list.items()) {
            members.put(pair.get("key").text().orElse(""), value(pair.get("value")));
        }
        return new Json.Obj(members);
    }

    /// An `AnyValue`. The reader of JSON bounds its depth.
    private static Json value(Json value) {
        for (Map.Entry<String, Json> kind : value.fields().entrySet()) {
            Json given = kind.getValue();
            switch (kind.getKey()) {
                case "stringValue", "boolValue", "doubleValue", "bytesValue" -> {
                    return given;
                }
                case "intValue" -> {
                    return given.whole().isPresent()
                            ? new Json.Scalar(Long.toString(given.whole().getAsLong()))
                            : given;
                }
                case "arrayValue" -> {
                    List<Json> items = new ArrayList<>();
                    given.get("values").items().forEach(item -> items.add(value(item)));
                    return new Json.Arr(items);
                }
                case "kvlistValue" -> {
                    return attributes(given.get("values"));
                }
                default -> {}
            }
        }
        return Json.Scalar.NULL;
    }

    private static long time(Json nanos) {
        return nanos.whole().orElse(0);
    }

    private static String id(Json hex) {
        String text = hex.text().orElse("").toLowerCase(java.util.Locale.ROOT);
        return text.matches("[0-9a-f]{1,128}") && !text.replace("0", "").isEmpty() ? text : "";
    }
}
