package io.meshtrail.api;

import io.meshtrail.anchor.AnchorRecord;
import io.meshtrail.anchor.AnchorStatus;
import io.meshtrail.event.Timestamp;
import tools.jackson.core.JsonGenerator;

/// How an anchor stands, as a member of `/api/ledgers`.
final class AnchorJson {
    private AnchorJson() {}

    static void write(JsonGenerator json, AnchorStatus anchor) {
        json.writeStartObject();
        json.writeStringProperty("name", anchor.name());
        json.writeStringProperty("kind", anchor.kind());
        if (anchor.last().isPresent()) {
            AnchorRecord last = anchor.last().orElseThrow();
            json.writeNumberProperty("size", last.checkpoint().treeSize());
            json.writeStringProperty("root", last.checkpoint().root().base64());
            json.writeStringProperty("time", Timestamp.print(last.at()));
            json.writeStringProperty("locator", last.locator());
        }
        json.writeNumberProperty("failures", anchor.failures());
        anchor.trouble().ifPresent(words -> json.writeStringProperty("trouble", words));
        json.writeEndObject();
    }
}
