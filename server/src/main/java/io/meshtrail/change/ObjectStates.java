package io.meshtrail.change;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads from the event of a change which states it shows.
public final class ObjectStates {
    /// The attribute of events that a watcher made: their `raw` is the object itself.
    public static final String WATCHED = "watched";

    private static final Set<String> NOT_THE_OBJECT = Set.of("Status", "Table", "DeleteOptions", "List");

    private ObjectStates() {}

    /// Whether an event may show a state: something was changed, and not a part such as `status`.
    public static boolean isChange(AuditEvent event) {
        Optional<String> kind = event.text(Field.KIND);
        boolean change = kind.filter(Kind.POLICY_CHANGE.code()::equals).isPresent()
                || kind.filter(Kind.OBJECT_CHANGE.code()::equals).isPresent();
        return change
                && event.text(Field.OUTCOME)
                        .filter(Outcome.CHANGED.code()::equals)
                        .isPresent()
                && event.attributes().getOrDefault("resource", "").indexOf('/') < 0;
    }

    /// The states after a change: one, none if no object is named, several for the deletion of a
    /// collection.
    ///
    /// @param record the event's `raw`, see [#record]
    public static List<ObjectState> of(AuditEvent event, Json record) {
        if (!isChange(event)) {
            return List.of();
        }
        String verb = event.text(Field.CHANGE_VERB).orElse("");
        if (verb.equals("deletecollection")) {
            return collection(event, record.get("responseObject"));
        }
        Optional<ObjectKey> key = ObjectKey.of(event);
        if (key.isEmpty()) {
            return List.of();
        }
        boolean delete = verb.equals("delete");
        if (event.attributes().containsKey(WATCHED)) {
            return List.of(ObjectState.of(event, key.get(), shown(record), Basis.ANSWER, delete));
        }
        Optional<Json> answer = shown(record.get("responseObject"));
        if (answer.isPresent()) {
            boolean gone = isGone(answer.get(), delete);
            return List.of(ObjectState.of(event, key.get(), answer, Basis.ANSWER, gone));
        }
        boolean whole = verb.equals("create") || verb.equals("update");
        Optional<Json> request = whole ? shown(record.get("requestObject")) : Optional.empty();
        return List.of(ObjectState.of(event, key.get(), request, Basis.REQUEST, delete));
    }

    /// A deletion that waits for finalizers leaves the object there; taking the last one away ends it.
    private static boolean isGone(Json object, boolean delete) {
        Json metadata = object.get("metadata");
        boolean marked = metadata.get("deletionTimestamp").text().isPresent();
        boolean waits = !metadata.get("finalizers").items().isEmpty();
        return marked ? !waits : delete;
    }

    private static List<ObjectState> collection(AuditEvent event, Json list) {
        ObjectKey any = new ObjectKey(
                event.text(Field.MESH).orElse(""),
                event.text(Field.CLUSTER).orElse(""),
                event.text(Field.OBJECT_GROUP).orElse(""),
                itemKind(event, list),
                "",
                "");
        List<ObjectState> states = new ArrayList<>();
        for (Json item : list.items()) {
            states.addAll(item(event, any, item));
        }
        for (Json item : list.get("items").items()) {
            states.addAll(item(event, any, item));
        }
        return states;
    }

    private static List<ObjectState> item(AuditEvent event, ObjectKey any, Json item) {
        Json metadata = item.get("metadata");
        Optional<String> name = metadata.get("name").text();
        if (name.isEmpty()) {
            return List.of();
        }
        ObjectKey key = any.named(
                metadata.get("namespace")
                        .text()
                        .or(() -> event.text(Field.OBJECT_NAMESPACE))
                        .orElse(""),
                name.get());
        // Revision and uid of the event are those of none of them.
        return List.of(new ObjectState(
                key,
                Optional.of(Noise.without(item)),
                Basis.ANSWER,
                isGone(item, true),
                metadata.get("uid").text().orElse(""),
                "",
                ObjectState.time(event),
                event.text(Field.REQUEST_ID).orElse("")));
    }

    private static String itemKind(AuditEvent event, Json list) {
        String kind = event.text(Field.OBJECT_KIND).orElse("");
        String listed = list.get("kind").text().orElse("");
        return kind.isEmpty() && listed.endsWith("List") ? listed.substring(0, listed.length() - 4) : kind;
    }

    private static Optional<Json> shown(Json body) {
        String kind = body.get("kind").text().orElse("");
        boolean object = body.isObject()
                && !NOT_THE_OBJECT.contains(kind)
                && !kind.endsWith("List")
                && !kind.startsWith("PartialObjectMetadata");
        return object ? Optional.of(body) : Optional.empty();
    }

    /// The text of `raw`, wherever it stands, as JSON; `null` if there is none or it was cut.
    public static Json record(Optional<String> raw) {
        try {
            return raw.isEmpty() ? Json.Scalar.NULL : JsonReader.read(raw.get());
        } catch (JsonException cut) {
            return Json.Scalar.NULL;
        }
    }
}
