package io.meshtrail.source.ztunnel;

import io.meshtrail.envoy.HostPort;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.ClaimedTime;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.RustlsFailure;
import io.meshtrail.source.Utf8;
import java.util.Optional;
import java.util.OptionalLong;

/// Fills the fields of one event from one line.
///
/// A ztunnel stands at both ends of a connection: inbound lines are the server's, outbound ones the
/// client's. It prints identities only where mutual TLS was spoken.
final class ZtunnelFields {
    private static final long NANOS_A_MILLISECOND = 1_000_000L;

    private final LogLine line;
    private final Outline outline;
    private final Mask mask;
    private final Hints hints;
    private final MaskNotes notes = new MaskNotes();
    private final AuditEvent.Builder event = AuditEvent.builder();

    ZtunnelFields(LogLine line, Outline outline, Mask mask, Hints hints) {
        this.line = line.masked(mask, notes);
        this.outline = outline;
        this.mask = mask;
        this.hints = hints;
    }

    /// @param text the line, where it was text
    AuditEvent event(Optional<String> text, Origin origin) {
        OptionalLong time = Timestamp.parse(line.time());
        time.ifPresentOrElse(
                claimed -> ClaimedTime.set(event, claimed, hints.received()),
                () -> ClaimedTime.unknown(event, hints.received()));
        event.kind(outline.kind()).outcome(outline.outcome());
        outline.reason().ifPresent(event::reason);
        String error = line.get("error");
        if (outline.outcome() != Outcome.ALLOWED) {
            event.text(Field.DETAIL, error.isEmpty() ? line.message() : error);
        }
        decided();
        ends();
        volumes();
        where();
        if (outline.kind() == Kind.HANDSHAKE || outline.isFor(Reason.UPSTREAM_TLS_FAILED)) {
            event.text(Field.TLS_FAILURE, error.isEmpty() ? line.message() : error);
        }
        if (outline.isFor(Reason.UPSTREAM_TLS_FAILED)) {
            event.attribute("upstream_tls_reason", RustlsFailure.reason(error).code());
        }
        origin.damage().ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(
                Field.RAW,
                text.map(whole -> new Json.Text(mask.text(whole, "raw", notes)).compact())
                        .orElseGet(() -> mask.json(line.record(), "raw", notes).compact()));
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }

    private void decided() {
        Field name = outline.isShadow() ? Field.SHADOW_POLICY : Field.POLICY_NAME;
        Field action = outline.isShadow() ? Field.SHADOW_ACTION : Field.POLICY_ACTION;
        event.text(name, outline.policy()).text(action, outline.action());
        if (!outline.policy().isEmpty() && !outline.isShadow()) {
            boolean strict = outline.isFor(Reason.MTLS_REQUIRED);
            event.text(Field.POLICY_KIND, strict ? "PeerAuthentication" : "AuthorizationPolicy");
        }
    }

    private void ends() {
        HostPort source = HostPort.of(first("src.addr", "inbound.peer"));
        event.text(Field.SOURCE_ADDRESS, source.address())
                .number(Field.SOURCE_PORT, source.port())
                .text(Field.SOURCE_WORKLOAD, line.get("src.workload"))
                .text(Field.SOURCE_NAMESPACE, line.get("src.namespace"))
                .text(Field.SOURCE_IDENTITY, line.get("src.identity"))
                .text(Field.SOURCE_VERIFIED, line.get("src.identity").isEmpty() ? "none" : "mtls");
        destination();
        // The span of a dry run names the workload behind the proxy: `namespace/pod`.
        String workload = line.get("proxy.wl");
        int slash = workload.indexOf('/');
        if (slash > 0 && !event.has(Field.DESTINATION_WORKLOAD)) {
            event.text(Field.DESTINATION_NAMESPACE, workload.substring(0, slash))
                    .text(Field.DESTINATION_WORKLOAD, workload.substring(slash + 1));
        }
    }

    /// The address of the tunnel is that of the next hop; what was called stands in `dst.hbone_addr`.
    private void destination() {
        String tunnel = line.get("dst.addr");
        String target = line.get("dst.hbone_addr");
        HostPort called = HostPort.of(target.isEmpty() ? tunnel : target);
        boolean isAddress =
                called.address().indexOf(':') >= 0 || called.address().matches("[0-9.]{7,15}");
        event.text(
                        Field.DESTINATION_ADDRESS,
                        isAddress ? called.address() : HostPort.of(tunnel).address())
                .number(Field.DESTINATION_PORT, called.port())
                .text(Field.DESTINATION_SERVICE, isAddress ? "" : called.address());
        if (!target.isEmpty() && !target.equals(tunnel)) {
            event.text(Field.UPSTREAM_HOST, tunnel).attribute("dst.hbone_addr", target);
        }
        event.text(Field.DESTINATION_SERVICE, line.get("dst.service"))
                .text(Field.DESTINATION_WORKLOAD, line.get("dst.workload"))
                .text(Field.DESTINATION_NAMESPACE, line.get("dst.namespace"))
                .text(Field.DESTINATION_IDENTITY, line.get("dst.identity"));
        if (!line.get("dst.identity").isEmpty()) {
            boolean failed = outline.isFor(Reason.UPSTREAM_TLS_FAILED);
            event.text(Field.DESTINATION_VERIFIED, failed ? "claimed" : "mtls");
        }
    }

    /// ztunnel counts what it sent to and received from the other end: outbound that is the request,
    /// inbound the answer.
    private void volumes() {
        boolean inbound = !isOutbound();
        event.number(Field.BYTES_IN, number(inbound ? "bytes_recv" : "bytes_sent"))
                .number(Field.BYTES_OUT, number(inbound ? "bytes_sent" : "bytes_recv"));
        String duration = line.get("duration");
        if (duration.matches("\\d{1,12}ms")) {
            long milliseconds = Long.parseLong(duration.substring(0, duration.length() - 2));
            event.number(Field.DURATION, milliseconds * NANOS_A_MILLISECOND);
        }
    }

    private void where() {
        boolean known = !line.get("direction").isEmpty() || outline.isShadow() || outline.kind() == Kind.HANDSHAKE;
        String side = isOutbound() ? "client" : "server";
        String own = isOutbound() ? "src.cluster" : "dst.cluster";
        String other = isOutbound() ? "dst.cluster" : "src.cluster";
        event.text(Field.MESH, hints.mesh().orElse("istio"))
                .text(Field.CLUSTER, hints.cluster().orElse(line.get(own)))
                .text(Field.OBSERVER_NAME, hints.observer().or(hints::workload).orElse(""))
                .text(Field.OBSERVER_SIDE, known ? side : "node");
        if (!line.get(other).isEmpty()) {
            event.attribute(other, line.get(other));
        }
        Field workload = isOutbound() ? Field.SOURCE_WORKLOAD : Field.DESTINATION_WORKLOAD;
        Field namespace = isOutbound() ? Field.SOURCE_NAMESPACE : Field.DESTINATION_NAMESPACE;
        hints.workload().filter(name -> !event.has(workload)).ifPresent(name -> event.text(workload, name));
        hints.namespace().filter(name -> !event.has(namespace)).ifPresent(name -> event.text(namespace, name));
    }

    private boolean isOutbound() {
        return line.get("direction").equals("outbound");
    }

    private String first(String one, String other) {
        return line.get(one).isEmpty() ? line.get(other) : line.get(one);
    }

    private long number(String field) {
        String digits = line.get(field);
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }
}
