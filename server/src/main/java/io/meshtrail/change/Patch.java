package io.meshtrail.change;

import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Differences as JSON Patch (RFC 6902). Each `replace` and `remove` follows a `test` with the value that
/// was there, so that a patch shows both sides and fits only what it was made from.
final class Patch {
    /// Comparing two arrays takes their lengths multiplied, in steps and in memory.
    static final long MOST_STEPS = 1_000_000;

    private static final EnumSet<DiffFlags> FLAGS = EnumSet.of(
            DiffFlags.OMIT_MOVE_OPERATION, DiffFlags.OMIT_COPY_OPERATION, DiffFlags.ADD_ORIGINAL_VALUE_ON_REPLACE);

    private Patch() {}

    /// What makes `after` of `before`; an empty array if they are equal.
    static Json between(Json before, Json after) {
        if (before.equals(after)) {
            return new Json.Arr(List.of());
        }
        if (longest(before) * longest(after) > MOST_STEPS) {
            return new Json.Arr(List.of(operation("test", before), operation("replace", after)));
        }
        return read(JsonDiff.asJson(Nodes.of(before), Nodes.of(after), FLAGS));
    }

    /// What makes an object of nothing.
    static Json creating(Json object) {
        return new Json.Arr(List.of(operation("add", object)));
    }

    /// What makes nothing of an object, which the `test` keeps.
    static Json deleting(Json object) {
        return new Json.Arr(List.of(operation("test", object), new Json.Obj(members("remove", ""))));
    }

    private static Json operation(String op, Json value) {
        Map<String, Json> members = members(op, "");
        members.put("value", value);
        return new Json.Obj(members);
    }

    private static Map<String, Json> members(String op, String path) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("op", new Json.Text(op));
        members.put("path", new Json.Text(path));
        return members;
    }

    private static long longest(Json value) {
        return switch (value) {
            case Json.Obj(Map<String, Json> members) ->
                members.values().stream().mapToLong(Patch::longest).max().orElse(1);
            case Json.Arr(List<Json> list) ->
                Math.max(
                        1,
                        Math.max(
                                list.size(),
                                list.stream().mapToLong(Patch::longest).max().orElse(1)));
            case Json.Text _, Json.Scalar _ -> 1;
        };
    }

    /// The library's operations as RFC 6902 has them. It tells beside each what was there; its own `test`
    /// operations do not hold for elements of arrays.
    private static Json read(JsonNode operations) {
        List<Json> list = new ArrayList<>();
        for (JsonNode operation : operations) {
            String op = operation.get("op").stringValue();
            String path = operation.get("path").stringValue();
            switch (op) {
                case "remove" -> {
                    list.add(operation("test", path, Optional.of(operation.get("value"))));
                    list.add(operation(op, path, Optional.empty()));
                }
                case "replace" -> {
                    list.add(operation("test", path, Optional.of(operation.get("fromValue"))));
                    list.add(operation(op, path, Optional.of(operation.get("value"))));
                }
                default -> list.add(operation(op, path, Optional.of(operation.get("value"))));
            }
        }
        return new Json.Arr(list);
    }

    private static Json operation(String op, String path, Optional<JsonNode> value) {
        Map<String, Json> members = members(op, path);
        value.ifPresent(node -> members.put("value", Nodes.json(node)));
        return new Json.Obj(members);
    }
}
