package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The four operations of RFC 6902 that we write, from its text: an oracle that shares nothing with the
/// library.
final class AppliedPatch {
    private AppliedPatch() {}

    static Json to(Json document, Json patch) {
        Json current = document;
        for (Json operation : patch.items()) {
            String op = operation.get("op").text().orElseThrow();
            String path = operation.get("path") instanceof Json.Text(String text) ? text : "?";
            List<String> tokens = new ArrayList<>();
            for (String token :
                    path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
                tokens.add(token.replace("~1", "/").replace("~0", "~"));
            }
            current = apply(current, tokens, op, operation.get("value"));
        }
        return current;
    }

    private static Json apply(Json at, List<String> tokens, String op, Json value) {
        if (tokens.isEmpty()) {
            if (op.equals("test") && !at.equals(value)) {
                throw new AssertionError("test of " + value.compact() + " finds " + at.compact());
            }
            return op.equals("test") ? at : value;
        }
        String token = tokens.getFirst();
        List<String> rest = tokens.subList(1, tokens.size());
        if (at instanceof Json.Obj(Map<String, Json> members)) {
            Map<String, Json> changed = new LinkedHashMap<>(members);
            if (rest.isEmpty() && op.equals("add")) {
                changed.put(token, value);
            } else if (rest.isEmpty() && op.equals("remove")) {
                changed.remove(token);
            } else {
                Json inner = Optional.ofNullable(members.get(token))
                        .orElseThrow(() -> new AssertionError("no member " + token));
                changed.put(token, apply(inner, rest, op, value));
            }
            return new Json.Obj(changed);
        }
        List<Json> changed = new ArrayList<>(at.items());
        int index = token.equals("-") ? changed.size() : Integer.parseInt(token);
        if (rest.isEmpty() && op.equals("add")) {
            changed.add(index, value);
        } else if (rest.isEmpty() && op.equals("remove")) {
            changed.remove(index);
        } else {
            changed.set(index, apply(changed.get(index), rest, op, value));
        }
        return new Json.Arr(changed);
    }
}
