package io.meshtrail.api;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/// How the work in the background stands, as a member of `/api/ledgers`.
final class UpkeepJson {
    private UpkeepJson() {}

    static void write(JsonGenerator json, Upkeep upkeep) {
        json.writeObjectPropertyStart("upkeep");
        json.writeNumberProperty("passes", upkeep.passes());
        sentences(json, "findings", upkeep.findings());
        sentences(json, "troubles", upkeep.troubles());
        json.writeEndObject();
    }

    private static void sentences(JsonGenerator json, String name, List<String> sentences) {
        json.writeArrayPropertyStart(name);
        sentences.forEach(json::writeString);
        json.writeEndArray();
    }
}
