package io.meshtrail.source.hubble;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.ClaimedTime;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Fills the fields of one event from one flow.
final class FlowFields {
    private final Json record;
    private final Json flow;

    /// Unmasked, so that masking can name its parameters.
    private final String url;

    private final Verdict verdict;
    private final Mask mask;
    private final Origin origin;
    private final MaskNotes notes = new MaskNotes();
    private final AuditEvent.Builder event = AuditEvent.builder();

    FlowFields(Json record, Json flow, Verdict verdict, Mask mask, Origin origin) {
        this.record = mask.json(record, "raw", notes);
        this.flow = HubbleDecoder.flow(this.record);
        this.url = text(flow.get("l7").get("http"), "url");
        this.verdict = verdict;
        this.mask = mask;
        this.origin = origin;
    }

    AuditEvent event() {
        times();
        event.kind(verdict.kind()).outcome(verdict.outcome());
        verdict.reason().ifPresent(event::reason);
        event.text(Field.DETAIL, text(flow, "drop_reason_desc"));
        decided();
        ends();
        request(flow.get("l7"));
        where();
        origin.damage().ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(Field.RAW, record.compact());
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }

    private void times() {
        OptionalLong time = Timestamp.parse(text(flow, "time"));
        if (time.isEmpty()) {
            time = Timestamp.parse(text(record, "time"));
        }
        Hints hints = origin.hints();
        time.ifPresentOrElse(
                claimed -> ClaimedTime.set(event, claimed, hints.received()),
                () -> ClaimedTime.unknown(event, hints.received()));
    }

    private void decided() {
        String action = verdict.action();
        Field name = verdict.isAudited() ? Field.SHADOW_POLICY : Field.POLICY_NAME;
        event.text(verdict.isAudited() ? Field.SHADOW_ACTION : Field.POLICY_ACTION, action);
        if (verdict.isAudited()) {
            event.text(Field.AUDIT_MARKED, "true");
        }
        List<String> names = new ArrayList<>();
        for (Json policy : verdict.policies()) {
            String namespace = text(policy, "namespace");
            names.add(namespace.isEmpty() ? text(policy, "name") : namespace + "/" + text(policy, "name"));
        }
        if (!names.isEmpty()) {
            Json first = verdict.policies().getFirst();
            event.text(name, names.getFirst());
            attribute("policy.revision", text(first, "revision"));
            if (!verdict.isAudited()) {
                event.text(Field.POLICY_KIND, text(first, "kind"));
            }
        }
        if (names.size() > 1) {
            event.attribute("policies", String.join(",", names));
        }
    }

    /// A response comes from the server: the caller is its destination.
    private void ends() {
        boolean response = text(flow.get("l7"), "type").equals("RESPONSE");
        String from = response ? "destination" : "source";
        String to = response ? "source" : "destination";
        Json ip = flow.get("IP").isObject() ? flow.get("IP") : flow.get("ip");
        Json port = port(flow.get("l4"));
        boolean proven = text(flow, "auth_type").equals("SPIRE");
        event.text(Field.SOURCE_ADDRESS, text(ip, from))
                .number(Field.SOURCE_PORT, number(port, from + "_port"))
                .text(Field.DESTINATION_ADDRESS, text(ip, to))
                .number(Field.DESTINATION_PORT, number(port, to + "_port"))
                .text(Field.SOURCE_SERVICE, text(flow.get(from + "_service"), "name"))
                .text(Field.DESTINATION_SERVICE, text(flow.get(to + "_service"), "name"))
                .text(Field.SOURCE_VERIFIED, proven ? "mtls" : "none");
        endpoint(flow.get(from), "source", Field.SOURCE_WORKLOAD, Field.SOURCE_NAMESPACE);
        endpoint(flow.get(to), "destination", Field.DESTINATION_WORKLOAD, Field.DESTINATION_NAMESPACE);
        flow.get("l4").fields().keySet().stream()
                .findFirst()
                .ifPresent(protocol -> event.attribute("transport", protocol.toLowerCase(Locale.ROOT)));
    }

    private static Json port(Json transport) {
        return transport.fields().values().stream().findFirst().orElse(Json.Scalar.NULL);
    }

    private void endpoint(Json end, String name, Field workload, Field namespace) {
        List<Json> workloads = end.get("workloads").items();
        String pod = text(end, "pod_name");
        String owner = workloads.isEmpty() ? "" : text(workloads.getFirst(), "name");
        event.text(workload, owner.isEmpty() ? pod : owner).text(namespace, text(end, "namespace"));
        if (!owner.isEmpty()) {
            event.attribute(name + ".pod", pod.isEmpty() ? null : pod);
        }
        attribute(name + ".security_identity", text(end, "identity"));
        List<String> labels = new ArrayList<>();
        end.get("labels").items().forEach(label -> label.text().ifPresent(labels::add));
        attribute(name + ".labels", String.join(",", labels));
    }

    private void request(Json l7) {
        Json http = l7.get("http");
        event.number(Field.DURATION, number(l7, "latency_ns"));
        attribute("dns.query", text(l7.get("dns"), "query"));
        event.text(Field.TRACE_ID, text(flow.get("trace_context").get("parent"), "trace_id"));
        if (!http.isObject()) {
            return;
        }
        int scheme = url.startsWith("http://") ? 7 : url.startsWith("https://") ? 8 : 0;
        int start = scheme;
        while (scheme > 0 && start < url.length() && url.charAt(start) != '/' && url.charAt(start) != '?') {
            start++;
        }
        int mark = url.indexOf('?', start);
        event.text(Field.HTTP_METHOD, text(http, "method"))
                .text(Field.HTTP_PROTOCOL, text(http, "protocol"))
                .text(Field.HTTP_HOST, mask.text(url.substring(scheme, start), "http.host", notes))
                .text(
                        Field.HTTP_PATH,
                        mask.text(mark < 0 ? url.substring(start) : url.substring(start, mark), "http.path", notes))
                .text(Field.HTTP_QUERY, mark < 0 ? "" : mask.query(url.substring(mark + 1), notes));
        long code = number(http, "code");
        event.number(Field.HTTP_STATUS, code > 0 ? code : -1);
        for (Json header : http.get("headers").items()) {
            header(text(header, "key").toLowerCase(Locale.ROOT), text(header, "value"));
        }
    }

    private void header(String name, String value) {
        String masked = mask.header(name, value, notes);
        switch (name) {
            case "user-agent" -> event.text(Field.USER_AGENT, masked);
            case "x-request-id" -> event.text(Field.REQUEST_ID, masked);
            case "host", ":authority" -> event.text(Field.HTTP_HOST, masked);
            default -> {}
        }
    }

    private void where() {
        Hints hints = origin.hints();
        String node = text(flow, "node_name").isEmpty() ? text(record, "node_name") : text(flow, "node_name");
        int slash = node.indexOf('/');
        String side = switch (text(flow, "traffic_direction")) {
            case "INGRESS" -> "server";
            case "EGRESS" -> "client";
            default -> "node";
        };
        event.text(Field.MESH, hints.mesh().orElse("cilium"))
                .text(Field.CLUSTER, hints.cluster().orElse(slash > 0 ? node.substring(0, slash) : ""))
                .text(Field.OBSERVER_NAME, hints.observer().orElse(node))
                .text(Field.OBSERVER_SIDE, side);
        attribute("uuid", text(flow, "uuid"));
        String type = text(flow.get("event_type"), "type");
        attribute("event_type", type);
    }

    private void attribute(String name, String value) {
        if (!value.isEmpty()) {
            event.attribute(name, value);
        }
    }

    private static String text(Json object, String key) {
        return object.get(key).scalar().orElse("");
    }

    private static long number(Json object, String key) {
        return object.get(key).whole().orElse(-1);
    }
}
