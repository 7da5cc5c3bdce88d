package io.meshtrail.sql;

import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The last line of an answer.
///
/// @param detail in words; empty if all is well
/// @param position the 0-based character of the statement, where one is to blame
record SqlEnd(Why why, String detail, OptionalLong position) {
    enum Why {
        DONE,
        MORE_ROWS,
        REFUSED;

        private String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static SqlEnd of(Why why, String detail) {
        return new SqlEnd(why, detail, OptionalLong.empty());
    }

    Json json() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("end", new Json.Text(why.code()));
        members.put("detail", new Json.Text(detail));
        position.ifPresent(at -> members.put("position", new Json.Scalar(Long.toString(at))));
        return new Json.Obj(members);
    }

    /// The end that a line tells; empty if it is another line.
    static Optional<SqlEnd> of(Json line) {
        for (Why why : Why.values()) {
            if (line.get("end").text().orElse("").equals(why.code())) {
                return Optional.of(new SqlEnd(
                        why,
                        line.get("detail").text().orElse(""),
                        line.get("position").whole()));
            }
        }
        return Optional.empty();
    }
}
