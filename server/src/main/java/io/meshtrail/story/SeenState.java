package io.meshtrail.story;

import io.meshtrail.change.Basis;
import io.meshtrail.change.KnownState;
import io.meshtrail.change.ObjectState;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.query.Hit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A state of an object and the event of the change that made it.
record SeenState(ObjectState state, Hit hit) {
    private static final List<Field> SHOWN = List.of(
            Field.OBJECT_KIND,
            Field.OBJECT_NAMESPACE,
            Field.OBJECT_NAME,
            Field.OBJECT_REVISION,
            Field.USER_ID,
            Field.CHANGE_VERB);

    KnownState known() {
        return new KnownState(state, Optional.of(hit.address()));
    }

    /// Whether it shows the object or its absence.
    boolean tells() {
        return state.isGone() || state.basis() != Basis.NONE;
    }

    /// The event's fields that name this revision and its author, for an answer's `derived`.
    SequencedMap<String, Object> toMap() {
        AuditEvent event = hit.event();
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("address", hit.address().toString());
        map.put("time", Timestamp.print(EventTime.of(event)));
        for (Field field : SHOWN) {
            event.text(field).ifPresent(text -> map.put(field.key(), text));
        }
        return map;
    }

    /// The same with the object.
    SequencedMap<String, Object> toMap(Optional<Json> object) {
        SequencedMap<String, Object> map = toMap();
        object.ifPresent(shown -> map.put("object", Plain.of(shown)));
        return map;
    }
}
