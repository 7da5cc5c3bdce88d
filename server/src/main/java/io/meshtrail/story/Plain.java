package io.meshtrail.story;

import io.meshtrail.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as maps, lists, texts and numbers, which answers are written from.
final class Plain {
    /// A number with more digits is shown as text: no reader keeps it.
    private static final int DIGITS = 30;

    private Plain() {}

    static @Nullable Object of(Json value) {
        return switch (value) {
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                members.forEach((name, member) -> map.put(name, of(member)));
                yield map;
            }
            case Json.Arr(List<Json> list) -> {
                List<@Nullable Object> items = new ArrayList<>(list.size());
                list.forEach(item -> items.add(of(item)));
                yield items;
            }
            case Json.Text(String text) -> text;
            case Json.Scalar(String token) -> scalar(token);
        };
    }

    private static @Nullable Object scalar(String token) {
        return switch (token) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default ->
                token.length() > DIGITS || token.indexOf('e') >= 0 || token.indexOf('E') >= 0
                        ? token
                        : new BigDecimal(token);
        };
    }
}
