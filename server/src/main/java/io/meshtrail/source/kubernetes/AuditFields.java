package io.meshtrail.source.kubernetes;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.ClaimedTime;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Fills the fields of one event. Everything but the URL is read from the masked item, so that no secret can
/// slip
/// into a field on another way than `raw`.
final class AuditFields {
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private final Json item;
    private final Json masked;
    private final Mask mask;
    private final MaskNotes notes;
    private final Hints hints;
    private final AuditEvent.Builder event = AuditEvent.builder();

    AuditFields(Json item, Json masked, Mask mask, MaskNotes notes, Hints hints) {
        this.item = item;
        this.masked = masked;
        this.mask = mask;
        this.notes = notes;
        this.hints = hints;
    }

    AuditEvent event(Optional<String> damage) {
        where();
        times();
        String query = url();
        String who = who();
        what(Call.of(masked, query), who);
        how();
        String raw = masked.compact();
        if (raw.indexOf('\uFFFD') >= 0) {
            attribute(Utf8.ATTRIBUTE, damage);
        }
        event.text(Field.RAW, raw).text(Field.MASKED, notes.value().orElse(""));
        return event.build();
    }

    private void where() {
        event.text(Field.MESH, "kubernetes")
                .text(Field.CLUSTER, hints.cluster().orElse(""))
                .text(Field.OBSERVER_NAME, hints.observer().orElse("kube-apiserver"))
                .text(Field.OBSERVER_SIDE, "control");
    }

    private void times() {
        OptionalLong begun = time("requestReceivedTimestamp");
        OptionalLong ended = time("stageTimestamp");
        OptionalLong claimed = ended.isPresent() ? ended : begun.isPresent() ? begun : time("timestamp");
        if (claimed.isPresent()) {
            ClaimedTime.set(event, claimed.getAsLong(), hints.received());
        } else {
            ClaimedTime.unknown(event, hints.received());
        }
        // Both lie within the range of a long, their difference need not.
        if (begun.isPresent() && ended.isPresent() && ended.getAsLong() >= begun.getAsLong()) {
            event.number(Field.DURATION, ended.getAsLong() - begun.getAsLong());
        }
    }

    private OptionalLong time(String name) {
        return Timestamp.parse(masked.get(name).text().orElse(""));
    }

    /// @return the query
    private String url() {
        String uri = item.get("requestURI").text().orElse("");
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        String query = mark < 0 ? "" : mask.query(uri.substring(mark + 1), notes);
        event.text(Field.HTTP_PATH, mask.text(path, "http.path", notes)).text(Field.HTTP_QUERY, query);
        return query;
    }

    /// @return how the summary calls the caller
    private String who() {
        Json user = masked.get("user");
        Json impersonated = masked.get("impersonatedUser");
        String name = user.get("username").text().orElse("");
        Json effective = impersonated.isObject() ? impersonated : user;
        String id = effective.get("username").text().orElse("");
        event.text(Field.USER_ID, id)
                .texts(Field.USER_GROUPS, texts(effective.get("groups")))
                .text(Field.USER_AGENT, masked.get("userAgent").text().orElse(""))
                .text(Field.SOURCE_VERIFIED, "none")
                .text(
                        Field.SOURCE_WORKLOAD,
                        first(user, "authentication.kubernetes.io/pod-name").orElse(""));
        attribute("user.uid", effective.get("uid").text());
        attribute("credential_id", first(user, "authentication.kubernetes.io/credential-id"));
        if (impersonated.isObject()) {
            event.text(Field.USER_IMPERSONATOR, name);
        }
        serviceAccount(name);
        addresses();
        String shown = id.isEmpty() ? "an unauthenticated caller" : id;
        return impersonated.isObject() && !name.isEmpty() ? shown + " (impersonated by " + name + ")" : shown;
    }

    private void serviceAccount(String user) {
        int colon = user.startsWith(SERVICE_ACCOUNT) ? user.indexOf(':', SERVICE_ACCOUNT.length()) : -1;
        if (colon > 0) {
            event.text(Field.SOURCE_NAMESPACE, user.substring(SERVICE_ACCOUNT.length(), colon))
                    .attribute("serviceaccount", user.substring(colon + 1));
        }
    }

    /// The last address is the TCP peer; those before it come from headers and can be forged.
    private void addresses() {
        List<String> addresses = texts(masked.get("sourceIPs"));
        if (!addresses.isEmpty()) {
            event.text(Field.SOURCE_ADDRESS, addresses.getLast());
        }
        if (addresses.size() > 1) {
            event.attribute("source_ips", String.join(",", addresses.subList(0, addresses.size() - 1)));
        }
    }

    private void what(Call call, String who) {
        Answer answer = Answer.of(masked, call);
        long code = masked.get("responseStatus").get("code").whole().orElse(0);
        Optional<String> kind = Names.kind(masked, call);
        event.kind(call.kind()).outcome(answer.outcome());
        answer.reason().ifPresent(event::reason);
        event.text(Field.OBJECT_GROUP, call.group())
                .text(Field.OBJECT_KIND, kind.orElse(""))
                .text(Field.OBJECT_NAMESPACE, call.namespace())
                .text(Field.OBJECT_NAME, call.name())
                .text(Field.OBJECT_UID, Names.uid(masked).orElse(""))
                .text(Field.OBJECT_REVISION, Names.revision(masked).orElse(""));
        if (!call.resource().isEmpty()) {
            event.attribute("resource", call.qualifiedResource());
        }
        if (call.isDryRun()) {
            event.attribute("dry_run", "true");
        }
        if (call.isWrite()) {
            attribute("can_silence", Silencing.of(call));
        }
        if (call.kind() == Kind.API_CALL) {
            attribute("verb", masked.get("verb").text());
        } else {
            event.text(Field.CHANGE_VERB, call.verb())
                    .text(Field.CHANGE_TICKET, Names.ticket(masked).orElse(""));
            Json patch = masked.get("requestObject");
            if (patch instanceof Json.Arr) {
                event.text(Field.CHANGE_DIFF, patch.compact());
            }
        }
        if (call.kind() != Kind.API_CALL || call.reachesIn()) {
            event.text(Field.CHANGE_SUMMARY, Summary.of(who, kind, call, answer, code));
        }
    }

    private void how() {
        Json annotations = masked.get("annotations");
        Json status = masked.get("responseStatus");
        Optional<String> because =
                annotations.get("authorization.k8s.io/reason").text();
        event.text(Field.REQUEST_ID, masked.get("auditID").text().orElse(""))
                .number(Field.HTTP_STATUS, status.get("code").whole().orElse(-1))
                .text(
                        Field.DETAIL,
                        status.get("message").text().or(() -> because).orElse(""));
        attribute("stage", masked.get("stage").text());
        attribute("level", masked.get("level").text());
        attribute(
                "authorization.decision",
                annotations.get("authorization.k8s.io/decision").text());
        attribute("authorization.reason", because);
        attribute(
                "issued_credential_id",
                annotations
                        .get("authentication.kubernetes.io/issued-credential-id")
                        .text());
        attribute("truncated", annotations.get("audit.k8s.io/truncated").text());
        attribute("failed_open", failedOpen(annotations));
    }

    /// Webhooks that could not be asked and were passed over: a change that nobody judged.
    private static Optional<String> failedOpen(Json annotations) {
        List<String> webhooks = new ArrayList<>();
        annotations.fields().forEach((key, value) -> {
            if (key.startsWith("failed-open.")) {
                webhooks.add(value.text().orElse("unnamed"));
            }
        });
        return webhooks.isEmpty() ? Optional.empty() : Optional.of(String.join(",", webhooks));
    }

    private static Optional<String> first(Json user, String extra) {
        return texts(user.get("extra").get(extra)).stream().findFirst();
    }

    private void attribute(String name, Optional<String> value) {
        value.ifPresent(present -> event.attribute(name, present));
    }

    private static List<String> texts(Json array) {
        List<String> texts = new ArrayList<>();
        for (Json item : array.items()) {
            item.text().ifPresent(texts::add);
        }
        return texts;
    }
}
