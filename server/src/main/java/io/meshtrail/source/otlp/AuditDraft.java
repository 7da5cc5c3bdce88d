package io.meshtrail.source.otlp;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.ClaimedTime;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Utf8;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A record that keeps to OpenTelemetry's draft for audit records: who (`audit.actor.id`, `.type`) did what
/// (`audit.action`) to whom (`audit.target.type`, `.id`), and how it ended (`audit.outcome`).
final class AuditDraft {
    private static final String PREFIX = "audit.";

    /// What speaks of the record itself, on any log record that a signing processor has seen.
    private static final List<String> OF_THE_RECORD = List.of("audit.record.id", "audit.sequence.", "audit.integrity.");

    private static final List<String> WRITES = List.of(
            "create", "update", "delete", "patch", "put", "write", "enable", "disable", "grant", "revoke", "renew");

    private final LogRecord record;
    private final Mask mask;
    private final MaskNotes notes = new MaskNotes();

    AuditDraft(LogRecord record, Mask mask) {
        this.record = record;
        this.mask = mask;
    }

    static boolean isOne(LogRecord record) {
        return !record.attribute("audit.action").isEmpty()
                && !record.attribute("audit.actor.id").isEmpty();
    }

    AuditEvent event(Hints hints) {
        AuditEvent.Builder event = AuditEvent.builder();
        if (record.bestTime() > 0) {
            ClaimedTime.set(event, record.bestTime(), hints.received());
        } else {
            ClaimedTime.unknown(event, hints.received());
        }
        String action = record.attribute("audit.action").toLowerCase(Locale.ROOT);
        boolean write = WRITES.contains(action);
        event.kind(kind(write)).outcome(outcome(write));
        event.text(Field.CHANGE_VERB, masked(action, Field.CHANGE_VERB))
                .text(Field.OBJECT_KIND, masked(record.attribute("audit.target.type"), Field.OBJECT_KIND))
                .text(Field.OBJECT_NAME, masked(record.attribute("audit.target.id"), Field.OBJECT_NAME))
                .text(Field.DETAIL, masked(record.body().text().orElse(record.eventName()), Field.DETAIL))
                .text(Field.TRACE_ID, record.traceId())
                .text(Field.SPAN_ID, record.spanId())
                .text(Field.CLUSTER, hints.cluster().orElse(""))
                .text(Field.MESH, hints.mesh().orElse(""))
                .text(Field.OBSERVER_NAME, hints.observer().orElse(""));
        actor(event);
        if (!record.eventName().isEmpty()) {
            event.attribute("event_name", masked(record.eventName(), Field.DETAIL));
        }
        record.attributes().fields().forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                event.attribute(key, mask.header(key, value.scalar().orElseGet(value::compact), notes));
            }
        });
        record.attributes()
                .get("audit.sequence.number")
                .whole()
                .ifPresent(number -> event.number(Field.PRODUCER_SEQUENCE, number));
        record.damage().ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(Field.RAW, mask.json(whole(), "raw", notes).compact());
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }

    /// The attributes that speak of the record itself, added to an event of another source.
    static AuditEvent honoured(AuditEvent event, LogRecord record) {
        if (record.attributes().fields().keySet().stream().noneMatch(AuditDraft::isOfTheRecord)) {
            return event;
        }
        AuditEvent.Builder with = event.toBuilder();
        record.attributes().fields().forEach((key, value) -> {
            if (isOfTheRecord(key)) {
                with.attribute(key, value.scalar().orElse(""));
            }
        });
        return with.build();
    }

    private static boolean isOfTheRecord(String key) {
        return OF_THE_RECORD.stream().anyMatch(key::startsWith);
    }

    private Kind kind(boolean write) {
        if (record.eventName().startsWith("audit.log.")) {
            return Kind.AUDIT_LOG;
        }
        return write ? Kind.OBJECT_CHANGE : Kind.API_CALL;
    }

    private Outcome outcome(boolean write) {
        return switch (record.attribute("audit.outcome").toLowerCase(Locale.ROOT)) {
            case "success" -> write ? Outcome.CHANGED : Outcome.ALLOWED;
            case "failure" -> Outcome.FAILED;
            default -> Outcome.UNKNOWN;
        };
    }

    private void actor(AuditEvent.Builder event) {
        String actor = masked(record.attribute("audit.actor.id"), Field.USER_ID);
        if (actor.startsWith("spiffe://")) {
            event.text(Field.SOURCE_IDENTITY, actor).text(Field.SOURCE_VERIFIED, "claimed");
        } else {
            event.text(Field.USER_ID, actor);
        }
    }

    private String masked(String text, Field field) {
        return mask.text(text, field.key(), notes);
    }

    private Json whole() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("event_name", new Json.Text(record.eventName()));
        members.put("body", record.body());
        members.put("attributes", record.attributes());
        members.put("resource", record.resource().attributes());
        return new Json.Obj(members);
    }
}
