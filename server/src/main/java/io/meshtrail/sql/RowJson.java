package io.meshtrail.sql;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of a row as JSON. Numbers are written in full; those that JSON does not know, such as infinity, as
/// text.
final class RowJson {
    private RowJson() {}

    static Json of(List<?> values) {
        List<Json> list = new ArrayList<>(values.size());
        for (Object value : values) {
            list.add(value(value));
        }
        return new Json.Arr(list);
    }

    private static Json value(@Nullable Object value) {
        return switch (value) {
            case null -> Json.Scalar.NULL;
            case Boolean flag -> new Json.Scalar(flag.toString());
            case Double number ->
                Double.isFinite(number) ? new Json.Scalar(number.toString()) : new Json.Text(number.toString());
            case Number number -> new Json.Scalar(number.toString());
            case List<?> list -> of(list);
            case Map<?, ?> map -> {
                Map<String, Json> members = new LinkedHashMap<>();
                map.forEach((name, each) -> members.put(String.valueOf(name), value(each)));
                yield new Json.Obj(members);
            }
            default -> new Json.Text(value.toString());
        };
    }
}
