package io.meshtrail.watch.consul;

import io.meshtrail.change.ObjectStates;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes events of what the watch sees. Consul says when by its index alone, and never by whom.
final class ChangeEvent {
    private static final String SECRET = "SecretID";

    private final String cluster;
    private final String observer;
    private final Mask mask;

    /// @param cluster empty if the configuration names none
    /// @param observer the address that is asked
    ChangeEvent(String cluster, String observer, Mask mask) {
        this.cluster = cluster;
        this.observer = observer;
        this.mask = mask;
    }

    /// @param now nanoseconds since 1970: when it was seen
    AuditEvent of(Watchable list, Change change, long now) {
        Entry entry = change.entry();
        MaskNotes notes = new MaskNotes();
        Json object = mask.json(withoutSecret(entry.object()), "raw", notes);
        String kind = object.get("Kind").text().orElse(list.kind());
        AuditEvent.Builder event = started(now)
                .kind(Kind.POLICY_CHANGE)
                .outcome(Outcome.CHANGED)
                .text(Field.OBJECT_KIND, kind)
                .text(Field.OBJECT_NAMESPACE, entry.namespace())
                .text(Field.OBJECT_NAME, entry.name())
                .text(Field.CHANGE_VERB, change.verb())
                .text(Field.CHANGE_SUMMARY, summary(change, kind))
                .attribute(ObjectStates.WATCHED, list.path())
                .attribute("time_basis", "seen");
        if (change.verb().equals("delete")) {
            // What it was stands in the difference; this revision is not the one that deleted it.
            event.attribute("last_revision", entry.modified());
        } else {
            event.text(Field.OBJECT_REVISION, entry.modified())
                    .text(Field.OBJECT_UID, object.get("ID").text().orElse(""))
                    .text(Field.RAW, object.compact());
        }
        change.since().ifPresent(since -> event.attribute("not_before", Timestamp.print(since)));
        if (change.isRecreated()) {
            event.attribute("recreated", "true");
        }
        if (change.isAfterReset()) {
            event.attribute("after_reset", "true");
        }
        if (kind.equals("proxy-defaults") || kind.equals("service-defaults")) {
            event.attribute("can_silence", "what the proxies of the mesh log");
        }
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }

    /// Something that the watch cannot see, told once when it begins.
    AuditEvent blind(Watchable list, String why, long now) {
        return started(now)
                .kind(Kind.GAP)
                .outcome(Outcome.FAILED)
                .reason(Reason.OTHER)
                .text(Field.DETAIL, list.path() + ": " + why)
                .attribute(ObjectStates.WATCHED, list.path())
                .build();
    }

    private AuditEvent.Builder started(long now) {
        return AuditEvent.builder()
                .number(Field.TIME, now)
                .text(Field.MESH, "consul")
                .text(Field.CLUSTER, cluster)
                .text(Field.OBSERVER_NAME, observer)
                .text(Field.OBSERVER_SIDE, "control")
                .text(Field.PRODUCER_ID, observer);
    }

    private static String summary(Change change, String kind) {
        String object = kind + " "
                + (change.entry().namespace().isEmpty() ? "" : change.entry().namespace() + "/")
                + change.entry().name();
        String did = switch (change.verb()) {
            case "observe" -> object + " was there when Consul was first asked";
            case "create" -> object + " was created";
            case "delete" -> object + " was deleted";
            default -> object + (change.isRecreated() ? " was deleted and created again" : " was updated");
        };
        return did + (change.verb().equals("observe") ? "" : ", Consul does not tell by whom");
    }

    /// The accessor names a token; its secret is one even where the list shows it only to tokens that may
    /// write.
    private static Json withoutSecret(Json object) {
        if (!object.fields().containsKey(SECRET)) {
            return object;
        }
        Map<String, Json> members = new LinkedHashMap<>(object.fields());
        members.remove(SECRET);
        return new Json.Obj(members);
    }

    /// What a repetition of the same change is recognised by.
    static byte[] identity(Watchable list, Change change) {
        Optional<Long> since = change.since();
        String text = list.path() + " " + change.entry().key() + " " + change.verb() + " "
                + change.entry().modified() + " " + since.map(String::valueOf).orElse("");
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
