package io.meshtrail.source.linkerd;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills the fields of one event from one line of the diagnostic log.
final class LogFields {
    private static final Pattern ENDS = Pattern.compile("client (\\S{3,64}): server: (\\S{3,64}): ");
    private static final Pattern ENDPOINT = Pattern.compile("endpoint (\\S{3,64}): ");

    private final LogLine line;
    private final Outline outline;
    private final Mask mask;
    private final Origin origin;
    private final MaskNotes notes = new MaskNotes();
    private final AuditEvent.Builder event = AuditEvent.builder();

    LogFields(LogLine line, Outline outline, Mask mask, Origin origin) {
        this.line = line.masked(mask, notes);
        this.outline = outline;
        this.mask = mask;
        this.origin = origin;
    }

    AuditEvent event(Optional<String> text) {
        times();
        event.kind(outline.kind()).outcome(outline.outcome());
        outline.reason().ifPresent(event::reason);
        String error = first(line.get("error"), line.get("reason"));
        event.text(Field.DETAIL, error.isEmpty() ? line.message() : error);
        if (!error.isEmpty()) {
            event.attribute("message", line.message());
        }
        decided();
        client();
        server(error);
        request();
        boolean upstreamTls = outline.reason().equals(Optional.of(Reason.UPSTREAM_TLS_FAILED));
        if (outline.kind() == Kind.HANDSHAKE || upstreamTls) {
            event.text(Field.TLS_FAILURE, error);
        }
        if (upstreamTls) {
            event.attribute("upstream_tls_reason", RustlsFailure.reason(error).code());
        }
        where();
        origin.damage().ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(
                Field.RAW,
                text.map(whole -> new Json.Text(mask.text(whole, "raw", notes)).compact())
                        .orElseGet(() -> mask.json(line.record(), "raw", notes).compact()));
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }

    /// An uptime is no time: then the container runtime's counts, where it is there, else ours.
    private void times() {
        Hints hints = origin.hints();
        OptionalLong time = Timestamp.parse(line.time());
        if (time.isPresent()) {
            ClaimedTime.set(event, time.getAsLong(), hints.received());
            return;
        }
        if (line.time().startsWith("[")) {
            event.attribute(
                    "uptime", line.time().substring(1, line.time().length() - 1).strip());
        }
        if (origin.written().isPresent()) {
            ClaimedTime.set(event, origin.written().getAsLong(), hints.received());
            event.attribute("time_basis", "container_runtime");
        } else {
            ClaimedTime.unknown(event, hints.received());
        }
    }

    /// A line names no namespace: Server and policies are in that of the pod, which the sender says.
    private void decided() {
        Server server = Server.of(line);
        if (outline.policy() == Outline.Policy.NONE) {
            return;
        }
        if (server.isDefault()) {
            event.attribute("default_policy", server.name());
        }
        String name = server.isDefault() || server.name().isEmpty()
                ? ""
                : origin.hints().namespace().map(ns -> ns + "/").orElse("") + server.name();
        String action = server.isDefault() ? "default_deny" : server.name().isEmpty() ? "" : "deny";
        if (outline.outcome() == Outcome.DENIED && outline.reason().isEmpty()) {
            event.reason(server.isDefault() ? Reason.NO_POLICY_MATCHED : Reason.POLICY_DENIED);
        }
        boolean denied = outline.policy() == Outline.Policy.DENIED;
        event.text(Field.POLICY_NAME, name)
                .text(Field.POLICY_KIND, name.isEmpty() ? "" : "Server")
                .text(Field.POLICY_ACTION, denied ? action : "allow");
        if (!line.get("route.kind").equals("default") && !line.get("route.name").equals("default")) {
            event.text(Field.POLICY_RULE, line.get("route.name")).text(Field.HTTP_ROUTE, line.get("route.name"));
        }
        if (outline.policy() == Outline.Policy.AUDITED) {
            event.text(Field.AUDIT_MARKED, "true")
                    .text(Field.SHADOW_ACTION, server.isDefault() ? "default_deny" : "deny")
                    .text(Field.SHADOW_POLICY, name);
        } else if (!line.get("authz.name").isEmpty()) {
            event.attribute("authorization", line.get("authz.kind") + "/" + line.get("authz.name"));
        }
    }

    private void client() {
        String address = first(line.get("client"), line.get("client.addr"));
        address = first(address, line.span("accept.client.addr"));
        HostPort client = HostPort.of(first(first(address, line.span("rescue.client.addr")), line.get("client.ip")));
        Peer peer = Peer.of(first(line.get("client.tls"), line.get("tls")));
        event.text(Field.SOURCE_ADDRESS, client.address())
                .number(Field.SOURCE_PORT, client.port())
                .text(Field.SOURCE_IDENTITY, peer.identity())
                .text(Field.SOURCE_NAMESPACE, new Identity(peer.identity()).namespace())
                .text(Field.SOURCE_VERIFIED, peer.identity().isEmpty() ? "none" : "mtls")
                .text(Field.TLS_SNI, peer.sni());
        if (!peer.without().isEmpty()) {
            event.attribute("no_tls_reason", peer.without());
        }
        if (outline.kind() == Kind.CERTIFICATE) {
            event.text(Field.SOURCE_IDENTITY, line.get("id"));
        }
    }

    private void server(String error) {
        Matcher ends = ENDS.matcher(error);
        boolean both = ends.find();
        Matcher endpoint = ENDPOINT.matcher(error);
        String called = both ? ends.group(2) : endpoint.find() ? endpoint.group(1) : "";
        HostPort address = HostPort.of(first(called, line.span("endpoint.addr")));
        event.text(Field.DESTINATION_ADDRESS, address.address()).number(Field.DESTINATION_PORT, address.port());
        if (both) {
            HostPort client = HostPort.of(ends.group(1));
            event.text(Field.SOURCE_ADDRESS, client.address()).number(Field.SOURCE_PORT, client.port());
        }
        if (address.port() < 0) {
            String port = first(
                    line.span("server.port"),
                    Long.toString(HostPort.of(line.span("admin.listen.addr")).port()));
            event.number(Field.DESTINATION_PORT, port.matches("\\d{1,5}") ? Long.parseLong(port) : -1);
        }
        HostPort controller = HostPort.of(line.span("controller.addr"));
        event.text(Field.DESTINATION_SERVICE, controller.address());
    }

    private void request() {
        RequestTarget target = RequestTarget.of(line.get("path"));
        event.text(Field.HTTP_PATH, target.path()).text(Field.HTTP_QUERY, mask.query(target.query(), notes));
        if (line.message().startsWith("HTTP/")) {
            event.text(
                    Field.HTTP_PROTOCOL,
                    line.message().substring(0, line.message().indexOf(' ')));
        }
    }

    private void where() {
        Hints hints = origin.hints();
        boolean client =
                line.isOutbound() || line.message().equals("Failed to connect") || outline.kind() == Kind.CERTIFICATE;
        event.text(Field.MESH, hints.mesh().orElse("linkerd"))
                .text(Field.CLUSTER, hints.cluster().orElse(""))
                .text(Field.OBSERVER_NAME, hints.observer().or(hints::workload).orElse(""))
                .text(Field.OBSERVER_SIDE, client ? "client" : "server");
        String workload = hints.workload().orElse("");
        String namespace = hints.namespace().orElse("");
        if (client) {
            event.text(Field.SOURCE_WORKLOAD, workload).text(Field.SOURCE_NAMESPACE, namespace);
        } else {
            event.text(Field.DESTINATION_WORKLOAD, workload).text(Field.DESTINATION_NAMESPACE, namespace);
        }
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
