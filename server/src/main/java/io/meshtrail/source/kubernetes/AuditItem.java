package io.meshtrail.source.kubernetes;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Hints;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Judges one item: an audit event to keep, one that tells nothing, or something else.
final class AuditItem {
    private static final String GROUP = "audit.k8s.io/";

    /// The API servers of a cluster are one producer, whether webhook or log file brings their events.
    private static final String ORIGIN = "kubernetes-audit of ";

    /// Subresources whose call is as good as done when it starts, and may then run for days.
    private static final Set<String> LONG_CALLS = Set.of("exec", "attach", "portforward", "proxy");

    private static final int UNAUTHENTICATED = 401;

    private final Mask mask;

    AuditItem(Mask mask) {
        this.mask = mask;
    }

    Decoded decode(Json item, int number, Optional<String> damage, Hints hints) {
        Optional<String> foreign = foreign(item);
        if (foreign.isPresent()) {
            return new Decoded.Rejection(number, foreign.get());
        }
        String stage = item.get("stage").text().orElse("");
        switch (stage) {
            case "RequestReceived" -> {
                return new Decoded.Ignored("stage RequestReceived: the request has not ended");
            }
            case "ResponseStarted" -> {
                if (!startTells(item)) {
                    return new Decoded.Ignored("stage ResponseStarted: ResponseComplete follows");
                }
            }
            case "ResponseComplete", "Panic" -> {}
            default -> {
                return new Decoded.Rejection(number, stage.isEmpty() ? "no stage" : "unknown stage of an audit event");
            }
        }
        MaskNotes notes = new MaskNotes();
        Json masked = mask.json(item, "raw", notes);
        AuditEvent event = new AuditFields(item, masked, mask, notes, hints).event(damage);
        return new Decoded.Event(
                event, identity(item), Optional.of(ORIGIN + hints.cluster().orElse("")));
    }

    private static boolean startTells(Json item) {
        return item.get("responseStatus").get("code").whole().orElse(0) == UNAUTHENTICATED
                || LONG_CALLS.contains(
                        item.get("objectRef").get("subresource").text().orElse(""))
                || item.get("verb").text().orElse("").equals("proxy");
    }

    /// Why this is no audit event, if it is none.
    private static Optional<String> foreign(Json item) {
        if (!item.isObject()) {
            return Optional.of("not a JSON object");
        }
        if (item.get("protoPayload").isObject()) {
            return Optional.of("a Cloud Audit LogEntry of GKE, not an audit event of the API server");
        }
        if (item.get("properties").fields().containsKey("log")) {
            return Optional.of("a diagnostic record of AKS: send the audit event in properties.log");
        }
        if (item.get("logEvents") instanceof Json.Arr) {
            return Optional.of("a CloudWatch record of EKS: send the audit events in logEvents[].message");
        }
        String kind = item.get("kind").text().orElse("Event");
        if (!kind.equals("Event")) {
            return Optional.of("not an audit event: another kind than Event");
        }
        String version = item.get("apiVersion").text().orElse(GROUP);
        if (!version.startsWith(GROUP)) {
            return Optional.of("not an audit event: apiVersion is not of " + GROUP + "*");
        }
        boolean known = item.get("auditID").text().isPresent()
                || item.get("verb").text().isPresent();
        return known ? Optional.empty() : Optional.of("not an audit event: neither auditID nor verb");
    }

    /// What a repetition is recognised by: the same event arrives with `kind` and `apiVersion` in a log file
    /// and
    /// without in a webhook's list.
    private static byte[] identity(Json item) {
        Map<String, Json> members = new LinkedHashMap<>(item.fields());
        members.remove("kind");
        members.remove("apiVersion");
        return new Json.Obj(members).canonical();
    }
}
