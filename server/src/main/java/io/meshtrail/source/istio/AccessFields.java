package io.meshtrail.source.istio;

import io.meshtrail.envoy.ClusterName;
import io.meshtrail.envoy.EnvoyFacts;
import io.meshtrail.envoy.EnvoyFacts.Told;
import io.meshtrail.envoy.EnvoyVerdict;
import io.meshtrail.envoy.PolicyId;
import io.meshtrail.envoy.ResponseFlags;
import io.meshtrail.envoy.Side;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Reason;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.ClaimedTime;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Utf8;
import java.util.Optional;
import java.util.OptionalLong;

/// Fills the fields of one event from one line of the access log.
final class AccessFields {
    private static final long NANOS_A_MILLISECOND = 1_000_000L;

    private final Json record;
    private final Json masked;
    private final Mask mask;
    private final MaskNotes notes;
    private final Hints hints;
    private final AuditEvent.Builder event = AuditEvent.builder();

    AccessFields(Json record, Json masked, Mask mask, MaskNotes notes, Hints hints) {
        this.record = record;
        this.masked = masked;
        this.mask = mask;
        this.notes = notes;
        this.hints = hints;
    }

    AuditEvent event(Optional<String> damage) {
        times();
        request();
        addresses();
        EnvoyFacts facts = facts();
        EnvoyVerdict verdict = EnvoyVerdict.of(facts);
        verdict(facts, verdict);
        where(facts, verdict);
        CustomKeys.fill(masked, mask, notes, event);
        damage.ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(Field.RAW, masked.compact()).text(Field.MASKED, notes.value().orElse(""));
        return event.build();
    }

    private void times() {
        OptionalLong start = Timestamp.parse(text("start_time"));
        if (start.isPresent()) {
            ClaimedTime.set(event, start.getAsLong(), hints.received());
        } else {
            ClaimedTime.unknown(event, hints.received());
        }
        long duration = number("duration");
        if (duration >= 0 && duration <= Long.MAX_VALUE / NANOS_A_MILLISECOND) {
            event.number(Field.DURATION, duration * NANOS_A_MILLISECOND);
        }
    }

    private void request() {
        // The path is read from the unmasked record, so that masking can name its parameters.
        String path = Values.text(record, "path");
        int mark = path.indexOf('?');
        event.text(Field.HTTP_METHOD, text("method"))
                .text(Field.HTTP_HOST, text("authority"))
                .text(Field.HTTP_PATH, mask.text(mark < 0 ? path : path.substring(0, mark), "http.path", notes))
                .text(Field.HTTP_QUERY, mark < 0 ? "" : mask.query(path.substring(mark + 1), notes))
                .text(Field.HTTP_PROTOCOL, text("protocol"))
                .text(Field.HTTP_ROUTE, text("route_name"))
                .number(Field.HTTP_STATUS, status() == 0 ? -1 : status())
                .number(Field.BYTES_IN, number("bytes_received"))
                .number(Field.BYTES_OUT, number("bytes_sent"))
                .text(Field.REQUEST_ID, text("request_id"))
                .text(Field.USER_AGENT, text("user_agent"));
        attribute("x_forwarded_for");
        attribute("upstream_service_time");
    }

    private void addresses() {
        Endpoint remote = Endpoint.of(text("downstream_remote_address"));
        Endpoint local = Endpoint.of(text("downstream_local_address"));
        event.text(Field.SOURCE_ADDRESS, remote.address())
                .number(Field.SOURCE_PORT, remote.port())
                .text(Field.DESTINATION_ADDRESS, local.address())
                .number(Field.DESTINATION_PORT, local.port())
                .text(Field.TLS_SNI, text("requested_server_name"))
                .text(Field.UPSTREAM_CLUSTER, text("upstream_cluster"))
                .text(Field.UPSTREAM_HOST, text("upstream_host"))
                .text(Field.SOURCE_VERIFIED, "none");
        attribute("upstream_local_address");
    }

    private EnvoyFacts facts() {
        boolean http = !text("method").isEmpty() || text("protocol").startsWith("HTTP");
        return new EnvoyFacts(
                !http,
                told(),
                Math.max(0, status()),
                ResponseFlags.parse(text("response_flags")),
                text("response_code_details"),
                text("connection_termination_details"),
                text("upstream_transport_failure_reason"),
                text("downstream_transport_failure_reason"),
                text("upstream_cluster"),
                text("route_name"),
                !text("upstream_host").isEmpty(),
                Optional.empty());
    }

    /// The default format does not print why a handshake failed.
    private Told told() {
        String type = text("access_log_type");
        if (type.equals("DownstreamStart") || type.equals("TcpConnectionStart")) {
            return Told.BEGIN;
        }
        boolean handshakes = masked.fields().containsKey("downstream_transport_failure_reason");
        return handshakes ? Told.END : Told.END_WITHOUT_HANDSHAKES;
    }

    private void verdict(EnvoyFacts facts, EnvoyVerdict verdict) {
        event.kind(verdict.kind()).outcome(verdict.outcome());
        verdict.reason().ifPresent(event::reason);
        String detail = facts.words(verdict.words());
        event.text(Field.DETAIL, detail)
                .text(Field.PROXY_FLAGS, text("response_flags"))
                .text(Field.POLICY_ACTION, verdict.policyAction());
        if (!verdict.policy().isEmpty()) {
            PolicyId policy = PolicyId.parse(verdict.policy());
            event.text(Field.POLICY_NAME, policy.name())
                    .text(Field.POLICY_KIND, policy.kind())
                    .text(Field.POLICY_RULE, policy.rule());
        }
        if (verdict.kind() == Kind.HANDSHAKE) {
            event.text(Field.TLS_FAILURE, facts.downstreamFailure());
        } else if (verdict.isFor(Reason.UPSTREAM_TLS_FAILED)) {
            event.text(Field.TLS_FAILURE, facts.upstreamFailure());
        }
        attributeUnless(detail, "response_code_details", facts.details());
        attributeUnless(detail, "connection_termination_details", facts.termination());
        attributeUnless(detail, "upstream_transport_failure_reason", facts.upstreamFailure());
    }

    /// Who wrote the line is not in it: the names of cluster and route tell the side, the hints the rest.
    private void where(EnvoyFacts facts, EnvoyVerdict verdict) {
        ClusterName cluster = ClusterName.parse(facts.cluster());
        Side side = side(facts, verdict, cluster);
        event.text(Field.MESH, hints.mesh().orElse("istio"))
                .text(Field.CLUSTER, hints.cluster().orElse(""))
                .text(Field.OBSERVER_NAME, hints.observer().or(hints::workload).orElse(""))
                .text(Field.OBSERVER_SIDE, side.word())
                .text(Field.DESTINATION_SERVICE, cluster.host())
                .text(Field.DESTINATION_NAMESPACE, cluster.namespace());
        String workload = hints.workload().orElse("");
        String namespace = hints.namespace().orElse("");
        if (side == Side.SERVER) {
            event.text(Field.DESTINATION_WORKLOAD, workload).text(Field.DESTINATION_NAMESPACE, namespace);
        } else if (side == Side.CLIENT) {
            event.text(Field.SOURCE_WORKLOAD, workload).text(Field.SOURCE_NAMESPACE, namespace);
        }
    }

    /// Who was refused at the door, or failed to agree on TLS there, stood before a server.
    private static Side side(EnvoyFacts facts, EnvoyVerdict verdict, ClusterName cluster) {
        if (cluster.side() != Side.UNKNOWN) {
            return cluster.side();
        }
        Side byRoute = Side.ofRoute(facts.route());
        if (byRoute != Side.UNKNOWN) {
            return byRoute;
        }
        boolean atTheDoor = verdict.kind() == Kind.HANDSHAKE || verdict.isFor(Reason.NO_FILTER_CHAIN);
        return atTheDoor ? Side.SERVER : Side.UNKNOWN;
    }

    private long status() {
        return number("response_code");
    }

    private String text(String key) {
        return Values.text(masked, key);
    }

    private long number(String key) {
        return masked.get(key).whole().orElse(-1);
    }

    private void attribute(String key) {
        attributeUnless("", key, text(key));
    }

    private void attributeUnless(String already, String name, String value) {
        if (!value.isEmpty() && !value.equals(already)) {
            event.attribute(name, value);
        }
    }
}
