package io.meshtrail.envoy;

import io.meshtrail.envoy.EnvoyFacts.Told;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import java.util.List;
import java.util.Optional;

/// One record of an access log that an Envoy printed, under the keys of Istio's and Consul's default
/// format. Fills an event from it: all but time, `raw`, `masked` and what only the sender knows.
public final class AccessRecord {
    private static final long NANOS_A_MILLISECOND = 1_000_000L;

    /// Of these at least one must be there.
    private static final List<String> SIGNS =
            List.of("start_time", "response_code", "response_flags", "downstream_remote_address", "upstream_cluster");

    private final Json record;
    private final Json masked;
    private final Mask mask;
    private final MaskNotes notes;
    private final Dialect dialect;

    /// @param record under the names of [Dialect#named]
    /// @param masked the same without secrets
    public AccessRecord(Json record, Json masked, Mask mask, MaskNotes notes, Dialect dialect) {
        this.record = record;
        this.masked = masked;
        this.mask = mask;
        this.notes = notes;
        this.dialect = dialect;
    }

    /// Why this is no such record; empty if it is one.
    public static Optional<String> complaint(Json record) {
        boolean none = SIGNS.stream().noneMatch(record.fields()::containsKey);
        return none ? Optional.of("no access log: none of the keys " + String.join(", ", SIGNS)) : Optional.empty();
    }

    /// When the request or connection began, as it was printed; empty if that is unknown.
    public String startTime() {
        return text("start_time");
    }

    /// Fills the event.
    ///
    /// @return where the proxy stands
    public Side fill(AuditEvent.Builder event) {
        long duration = number("duration");
        if (duration >= 0 && duration <= Long.MAX_VALUE / NANOS_A_MILLISECOND) {
            event.number(Field.DURATION, duration * NANOS_A_MILLISECOND);
        }
        request(event);
        addresses(event);
        EnvoyFacts facts = facts();
        EnvoyVerdict verdict = EnvoyVerdict.of(facts);
        RecordRbac rbac = RecordRbac.of(masked);
        judged(event, facts, verdict, rbac);
        ClusterName cluster = dialect.cluster(facts.cluster());
        event.text(Field.DESTINATION_SERVICE, cluster.host()).text(Field.DESTINATION_NAMESPACE, cluster.namespace());
        boolean failed = verdict.kind() == Kind.HANDSHAKE && verdict.outcome() == Outcome.FAILED;
        RecordKeys.fill(masked, mask, notes, event, key -> dialect.isProven(key) && !failed);
        Side side = dialect.add(masked, side(facts, verdict, cluster), event);
        event.text(Field.OBSERVER_SIDE, side.word());
        return side;
    }

    private void request(AuditEvent.Builder event) {
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
        long grpc = GrpcStatus.number(text("grpc_status"));
        int slash = path.lastIndexOf('/');
        event.number(Field.GRPC_STATUS, grpc);
        if (grpc >= 0 && slash > 1 && mark < 0) {
            event.text(Field.GRPC_SERVICE, path.substring(1, slash)).text(Field.GRPC_METHOD, path.substring(slash + 1));
        }
        attributeUnless(event, "", "x_forwarded_for", text("x_forwarded_for"));
        attributeUnless(event, "", "upstream_service_time", text("upstream_service_time"));
    }

    private void addresses(AuditEvent.Builder event) {
        HostPort remote = HostPort.of(text("downstream_remote_address"));
        HostPort local = HostPort.of(text("downstream_local_address"));
        event.text(Field.SOURCE_ADDRESS, remote.address())
                .number(Field.SOURCE_PORT, known(remote.port()))
                .text(Field.DESTINATION_ADDRESS, local.address())
                .number(Field.DESTINATION_PORT, known(local.port()))
                .text(Field.TLS_SNI, text("requested_server_name"))
                .text(Field.UPSTREAM_CLUSTER, text("upstream_cluster"))
                .text(Field.UPSTREAM_HOST, text("upstream_host"))
                .text(Field.SOURCE_VERIFIED, "none");
        attributeUnless(event, "", "upstream_local_address", text("upstream_local_address"));
    }

    /// Envoy prints port 0 where the address came from a header.
    private static long known(long port) {
        return port == 0 ? -1 : port;
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

    /// The default formats do not print why a handshake failed.
    private Told told() {
        String type = text("access_log_type");
        if (type.equals("DownstreamStart") || type.equals("TcpConnectionStart")) {
            return Told.BEGIN;
        }
        boolean handshakes = masked.fields().containsKey("downstream_transport_failure_reason");
        return handshakes ? Told.END : Told.END_WITHOUT_HANDSHAKES;
    }

    private void judged(AuditEvent.Builder event, EnvoyFacts facts, EnvoyVerdict verdict, RecordRbac rbac) {
        event.kind(verdict.kind()).outcome(verdict.outcome());
        verdict.reason().ifPresent(event::reason);
        String detail = facts.words(verdict.words());
        event.text(Field.DETAIL, detail)
                .text(Field.PROXY_FLAGS, text("response_flags"))
                .text(Field.POLICY_ACTION, verdict.policyAction());
        if (!verdict.policy().isEmpty()) {
            Optional<PolicyId> policy = dialect.policy(verdict.policy());
            policy.ifPresentOrElse(
                    id -> named(event, id),
                    () -> event.reason(Reason.NO_POLICY_MATCHED).text(Field.POLICY_ACTION, "default_deny"));
        } else if (verdict.outcome() == Outcome.ALLOWED && rbac.enforced().isAllowed()) {
            rbac.enforced()
                    .policy()
                    .flatMap(dialect::policy)
                    .ifPresent(id -> named(event.text(Field.POLICY_ACTION, "allow"), id));
        }
        rbac.fillShadow(event, dialect);
        if (verdict.kind() == Kind.HANDSHAKE) {
            event.text(Field.TLS_FAILURE, facts.downstreamFailure());
        } else if (verdict.isFor(Reason.UPSTREAM_TLS_FAILED)) {
            event.text(Field.TLS_FAILURE, facts.upstreamFailure());
        }
        attributeUnless(event, detail, "response_code_details", facts.details());
        attributeUnless(event, detail, "connection_termination_details", facts.termination());
        attributeUnless(event, detail, "upstream_transport_failure_reason", facts.upstreamFailure());
    }

    private static void named(AuditEvent.Builder event, PolicyId policy) {
        event.text(Field.POLICY_NAME, policy.name())
                .text(Field.POLICY_KIND, policy.kind())
                .text(Field.POLICY_RULE, policy.rule());
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

    private static void attributeUnless(AuditEvent.Builder event, String already, String name, String value) {
        if (!value.isEmpty() && !value.equals(already)) {
            event.attribute(name, value);
        }
    }
}
