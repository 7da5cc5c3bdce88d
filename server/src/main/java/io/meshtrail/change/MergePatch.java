package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The patch that a caller sent, as the operations of RFC 6902 that it stands for. The type of a patch is
/// not in an audit event; its shape tells.
final class MergePatch {
    private static final int MOST_OPERATIONS = 1_000;

    private MergePatch() {}

    /// Empty if the body is no patch that can be read without the object that it is for: a strategic merge,
    /// or a whole configuration that was applied.
    static Optional<Json> operations(Json body) {
        if (body instanceof Json.Arr) {
            return Optional.of(body);
        }
        boolean applied = body.get("apiVersion").text().isPresent()
                && body.get("kind").text().isPresent();
        if (!body.isObject() || body.fields().isEmpty() || applied || isStrategic(body)) {
            return Optional.empty();
        }
        List<Json> operations = new ArrayList<>();
        collect("", body, operations);
        return operations.size() > MOST_OPERATIONS ? Optional.empty() : Optional.of(new Json.Arr(operations));
    }

    private static boolean isStrategic(Json body) {
        return body.fields().entrySet().stream()
                .anyMatch(member -> member.getKey().startsWith("$") || isStrategic(member.getValue()));
    }

    private static void collect(String path, Json patch, List<Json> operations) {
        patch.fields().forEach((name, value) -> {
            String below = path + "/" + name.replace("~", "~0").replace("/", "~1");
            if (value.isObject() && !value.fields().isEmpty()) {
                collect(below, value, operations);
            } else {
                operations.add(operation(below, value));
            }
        });
    }

    private static Json operation(String path, Json value) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("op", new Json.Text(value.isNull() ? "remove" : "add"));
        members.put("path", new Json.Text(path));
        if (!value.isNull()) {
            members.put("value", value);
        }
        return new Json.Obj(members);
    }
}
