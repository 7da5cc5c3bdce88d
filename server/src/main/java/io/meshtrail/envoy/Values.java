package io.meshtrail.envoy;

import io.meshtrail.json.Json;

/// Reads values of the access log: `null`, `-` and the empty string all mean that there is none.
final class Values {
    private Values() {}

    static String text(Json record, String key) {
        String text = record.get(key).scalar().orElse("");
        return text.equals("-") ? "" : text;
    }
}
