package io.meshtrail.source.linkerd;

import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of the access log, whichever form it had.
///
/// @param record under the keys of the JSON form
record AccessLine(Json record) {
    private static final List<String> KEYS =
            List.of("client.addr", "client.id", "timestamp", "method", "uri", "version", "status");

    /// `ADDR ID - [TIMESTAMP] "METHOD URI VERSION" STATUS`. Nothing is escaped, so a word that has blanks
    /// or quotes in it makes the line none of this form.
    private static final Pattern APACHE =
            Pattern.compile("(\\S{3,64})\\s+(\\S{1,1024})\\s+-\\s+\\[([^\\]\\s]{20,40})\\]\\s+"
                    + "\"([A-Za-z-]{1,32})\\s+([^\\s\"]+)\\s+(HTTP/[0-9.]{1,3})\"(?:\\s+(\\d{3}|-))?");

    static boolean isOne(Json record) {
        return record.fields().containsKey("client.addr")
                && (record.fields().containsKey("uri") || record.fields().containsKey("method"));
    }

    static AccessLine ofJson(Json record) {
        return new AccessLine(record);
    }

    static Optional<AccessLine> ofText(String line) {
        Matcher words = APACHE.matcher(line);
        if (!words.matches()) {
            return Optional.empty();
        }
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < KEYS.size(); i++) {
            String word = words.group(i + 1);
            members.put(KEYS.get(i), word == null ? Json.Scalar.NULL : new Json.Text(word));
        }
        return Optional.of(new AccessLine(new Json.Obj(members)));
    }
}
