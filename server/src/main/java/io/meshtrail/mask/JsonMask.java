package io.meshtrail.mask;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;

/// Masks JSON: reads text, starts a [JsonWalk], prints the result.
final class JsonMask {
    private final MaskRules rules;
    private final TextMask text;

    JsonMask(MaskRules rules, TextMask text) {
        this.rules = rules;
        this.text = text;
    }

    /// The masked text, always printed anew: what reading cut off must not come back.
    String text(String value, String where, MaskNotes notes) {
        try {
            return value(JsonReader.read(value), where, notes).compact();
        } catch (JsonException notJson) {
            return text.text(value, where, notes);
        }
    }

    Json value(Json value, String where, MaskNotes notes) {
        return new JsonWalk(rules, text, where, notes).walk(value);
    }
}
