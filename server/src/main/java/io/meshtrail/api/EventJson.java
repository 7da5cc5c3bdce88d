package io.meshtrail.api;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.ledger.Stage;
import io.meshtrail.privacy.SubjectView;
import io.meshtrail.query.Hit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Writes the one form that an event has in every answer.
final class EventJson {
    private final Ledgers ledgers;
    private final SubjectView view;

    EventJson(Ledgers ledgers, SubjectView view) {
        this.ledgers = ledgers;
        this.view = view;
    }

    /// `{"address":…,"stage":…,"event":{…},"derived":{}}`
    void write(JsonGenerator json, Hit hit, Projection projection) {
        json.writeStartObject();
        writeMembers(json, hit, projection, Map.of());
        json.writeEndObject();
    }

    /// The members of that object, for answers that have more.
    void writeMembers(JsonGenerator json, Hit hit, Projection projection, Map<String, Object> derived) {
        json.writeStringProperty("address", hit.address().toString());
        json.writeStringProperty("stage", stage(hit.address()).code());
        json.writeObjectPropertyStart("event");
        writeEvent(json, hit, projection);
        json.writeEndObject();
        json.writeName("derived");
        json.writePOJO(withMarks(derived, hit.event()));
    }

    /// With `privacy`: which fields show a pseudonym because their subject was erased or is not known.
    private Map<String, Object> withMarks(Map<String, Object> derived, AuditEvent event) {
        Map<String, String> marks = view.marks(event);
        if (marks.isEmpty()) {
            return derived;
        }
        Map<String, Object> all = new LinkedHashMap<>(derived);
        all.put("privacy", marks);
        return all;
    }

    private Stage stage(Address address) {
        Optional<LedgerReader> ledger = ledgers.named(address.ledger());
        return ledger.map(reader -> reader.stage(address.leafIndex())).orElse(Stage.SEQUENCED);
    }

    private static void writeEvent(JsonGenerator json, Hit hit, Projection projection) {
        AuditEvent event = hit.event();
        if (projection.shows("v")) {
            json.writeNumberProperty("v", EventCodec.VERSION);
        }
        for (Field field : Field.inKeyOrder()) {
            if (event.has(field) && projection.shows(field)) {
                json.writeName(field.key());
                writeValue(json, field, Objects.requireNonNull(event.get(field)));
            }
        }
        for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
            String name = Field.ATTRIBUTE_PREFIX + attribute.getKey();
            if (projection.shows(name)) {
                json.writeStringProperty(name, attribute.getValue());
            }
        }
        if (projection.shows("ledger")) {
            json.writeStringProperty("ledger", hit.address().ledger());
        }
        if (projection.shows("leafIndex")) {
            json.writeNumberProperty("leafIndex", hit.address().leafIndex());
        }
    }

    private static void writeValue(JsonGenerator json, Field field, Object value) {
        switch (field.type()) {
            case TEXT, JSON -> json.writeString((String) value);
            case INTEGER -> json.writeNumber((Long) value);
            case TIME -> json.writeString(Timestamp.print((Long) value));
            case TEXTS -> {
                json.writeStartArray();
                ((List<?>) value).forEach(text -> json.writeString((String) text));
                json.writeEndArray();
            }
        }
    }
}
