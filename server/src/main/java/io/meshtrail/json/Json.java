package io.meshtrail.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A JSON value. Looking for something that is not there gives [Scalar#NULL], so that a path can be walked without
/// asking at every step.
public sealed interface Json {
    /// An object; its members in the order of the input. Of a repeated name the last value counts.
    record Obj(Map<String, Json> members) implements Json {}

    /// An array.
    record Arr(List<Json> list) implements Json {}

    /// A string.
    record Text(String value) implements Json {}

    /// A number, `true`, `false` or `null`, as it was written.
    record Scalar(String token) implements Json {
        /// The value `null`, and what is not there.
        public static final Scalar NULL = new Scalar("null");
    }

    /// The member of this name, or [Scalar#NULL].
    default Json get(String name) {
        return this instanceof Obj(Map<String, Json> members) ? members.getOrDefault(name, Scalar.NULL) : Scalar.NULL;
    }

    /// The items of an array; of anything else none.
    default List<Json> items() {
        return this instanceof Arr(List<Json> list) ? list : List.of();
    }

    /// The members of an object; of anything else none.
    default Map<String, Json> fields() {
        return this instanceof Obj(Map<String, Json> members) ? members : Map.of();
    }

    /// The text of a string that is not empty.
    default Optional<String> text() {
        return this instanceof Text(String value) && !value.isEmpty() ? Optional.of(value) : Optional.empty();
    }

    /// The text of a string that is not empty, or a number, `true` or `false` as it was written.
    default Optional<String> scalar() {
        return this instanceof Scalar(String token) && !isNull() ? Optional.of(token) : text();
    }

    /// A whole number, written as a number or in a string; empty if it is none or does not fit a `long`.
    default OptionalLong whole() {
        String digits = scalar().orElse("");
        if (digits.isEmpty() || digits.length() > 19) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException notWhole) {
            return OptionalLong.empty();
        }
    }

    default boolean isNull() {
        return this instanceof Scalar(String token) && token.equals("null");
    }

    default boolean isObject() {
        return this instanceof Obj;
    }

    /// The value as JSON text without blanks. Well-formed UTF-16 whatever the input: a lone surrogate is written
    /// as its escape.
    default String compact() {
        return JsonWriter.write(this, false);
    }

    /// The compact text with the members of each object sorted by name, as UTF-8: equal for equal values.
    default byte[] canonical() {
        return JsonWriter.write(this, true).getBytes(StandardCharsets.UTF_8);
    }
}
