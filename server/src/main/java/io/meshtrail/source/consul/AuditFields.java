package io.meshtrail.source.consul;

import io.meshtrail.envoy.HostPort;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.ClaimedTime;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Utf8;
import java.util.Locale;
import java.util.OptionalLong;

/// Fills the fields of one event from one call of Consul's API. The log has no bodies: what a `PUT` to
/// `/v1/config` changed is not in it.
final class AuditFields {
    private final Json record;
    private final Json payload;

    /// Unmasked, so that masking can name its parameters.
    private final String endpoint;

    private final Mask mask;
    private final Origin origin;
    private final MaskNotes notes = new MaskNotes();
    private final AuditEvent.Builder event = AuditEvent.builder();

    AuditFields(Json record, Mask mask, Origin origin) {
        this.record = mask.json(record, "raw", notes);
        this.payload = this.record.get("payload");
        this.endpoint = text(record.get("payload").get("request"), "endpoint");
        this.mask = mask;
        this.origin = origin;
    }

    AuditEvent event() {
        Hints hints = origin.hints();
        times(hints);
        Json request = payload.get("request");
        String operation = text(request, "operation").toUpperCase(Locale.ROOT);
        int mark = endpoint.indexOf('?');
        String path = mark < 0 ? endpoint : endpoint.substring(0, mark);
        String query = mark < 0 ? "" : endpoint.substring(mark + 1);
        ApiCall call = ApiCall.of(operation, path);
        ApiAnswer answer = ApiAnswer.of(payload.get("response").get("status").whole(), call.kind());
        event.kind(call.kind()).outcome(answer.outcome());
        answer.reason().ifPresent(event::reason);
        event.text(Field.HTTP_METHOD, operation)
                .text(Field.HTTP_PATH, mask.text(path, "http.path", notes))
                .text(Field.HTTP_QUERY, mask.query(query, notes))
                .text(Field.HTTP_HOST, text(request, "host"))
                .number(
                        Field.HTTP_STATUS,
                        payload.get("response").get("status").whole().orElse(-1))
                .text(Field.USER_AGENT, text(request, "user_agent"));
        changed(call, operation, query, answer.outcome());
        who(request);
        event.text(Field.MESH, hints.mesh().orElse("consul"))
                .text(Field.CLUSTER, hints.cluster().orElse(""))
                .text(Field.OBSERVER_NAME, hints.observer().or(hints::workload).orElse(""))
                .text(Field.OBSERVER_SIDE, "control")
                .attribute("audit.id", payload.get("id").text().orElse(null));
        origin.damage().ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(Field.RAW, record.compact());
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }

    private void times(Hints hints) {
        OptionalLong time = Timestamp.parse(text(payload, "timestamp"));
        if (time.isEmpty()) {
            time = Timestamp.parse(text(record, "created_at"));
        }
        time.ifPresentOrElse(
                claimed -> ClaimedTime.set(event, claimed, hints.received()),
                () -> ClaimedTime.unknown(event, hints.received()));
    }

    private void changed(ApiCall call, String operation, String query, Outcome outcome) {
        String kind = mask.text(call.objectKind(), "object.kind", notes);
        String name = mask.text(call.objectName(), "object.name", notes);
        event.text(Field.OBJECT_KIND, kind)
                .text(Field.OBJECT_NAME, name)
                .text(Field.OBJECT_NAMESPACE, mask.text(parameter(query, "ns"), "object.namespace", notes));
        if (call.kind() == Kind.API_CALL) {
            return;
        }
        String verb = operation.toLowerCase(Locale.ROOT);
        event.text(Field.CHANGE_VERB, verb);
        String object = name.isEmpty() ? kind : kind + " " + name;
        event.text(Field.CHANGE_SUMMARY, who() + " " + did(operation, outcome) + " " + object);
    }

    private String who() {
        Json auth = payload.get("auth");
        String accessor = text(auth, "accessor_id");
        return accessor.isEmpty() ? "someone" : "token " + accessor;
    }

    private static String did(String operation, Outcome outcome) {
        boolean delete = operation.equals("DELETE");
        return switch (outcome) {
            case CHANGED, ALLOWED -> delete ? "deleted" : "wrote";
            case DENIED -> delete ? "was denied to delete" : "was denied to write";
            case FAILED -> delete ? "failed to delete" : "failed to write";
            case UNKNOWN -> delete ? "tried to delete" : "tried to write";
        };
    }

    /// The accessor id names a token and is none; the token itself is not in the log.
    private void who(Json request) {
        Json auth = payload.get("auth");
        HostPort caller = HostPort.of(text(request, "remote_addr"));
        event.text(Field.USER_ID, text(auth, "accessor_id"))
                .text(Field.USER_NAME, text(auth, "description"))
                .text(Field.SOURCE_ADDRESS, caller.address())
                .number(Field.SOURCE_PORT, caller.port());
    }

    private static String parameter(String query, String name) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith(name + "=")) {
                return parameter.substring(name.length() + 1);
            }
        }
        return "";
    }

    private static String text(Json object, String key) {
        return object.get(key).scalar().orElse("");
    }
}
