package io.meshtrail.source.envoy;

import io.meshtrail.envoy.ClusterName;
import io.meshtrail.envoy.EnvoyFacts;
import io.meshtrail.envoy.EnvoyVerdict;
import io.meshtrail.envoy.PolicyId;
import io.meshtrail.envoy.ResponseFlags;
import io.meshtrail.envoy.Side;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Reason;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.Span;
import io.meshtrail.source.ClaimedTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Writes the event of one entry. One object serves a stream: it keeps what recurs (texts, parsed names),
/// within bounds.
final class EventDraft {
    private static final int NAMES_LIMIT = 512;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final String[] METHODS = {
        "", "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"
    };
    private static final String[] PROTOCOLS = {"", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"};
    private static final String[] TLS_VERSIONS = {"", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
    private static final String[] LOG_TYPES = {
        "",
        "TcpUpstreamConnected",
        "TcpPeriodic",
        "",
        "DownstreamStart",
        "DownstreamPeriodic",
        "",
        "UpstreamPoolReady",
        "UpstreamPeriodic",
        "UpstreamEnd",
        "DownstreamTunnelSuccessfullyEstablished",
        "UdpTunnelUpstreamConnected",
        "UdpPeriodic",
        "UdpSessionEnd",
        "TcpConnectionStart"
    };

    private final EntryFacts facts;
    private final TextCache texts = new TextCache();
    private final CleanTexts clean;
    private final FreeTexts free;
    private final Testimony testimony;
    private final Map<String, PolicyId> policies = new HashMap<>();
    private final Map<String, ClusterName> clusters = new HashMap<>();
    private final Map<Long, String> flagNames = new HashMap<>();

    EventDraft(EntryFacts facts, Mask mask) {
        this.facts = facts;
        this.clean = new CleanTexts(mask);
        this.free = new FreeTexts(facts, texts, clean);
        this.testimony = new Testimony(facts, texts);
    }

    /// The event that the facts amount to.
    ///
    /// @param received nanoseconds since 1970, for judging the claimed time
    AuditEvent write(StreamNode node, long received) throws MalformedBytesException {
        AuditEvent.Builder event = AuditEvent.builder();
        MaskNotes notes = new MaskNotes();
        String clusterName = text(event, "upstream.cluster", facts.cluster);
        String route = text(event, "http.route", facts.route);
        EnvoyFacts said = testimony.facts(clusterName, route);
        EnvoyVerdict verdict = EnvoyVerdict.of(said);
        judged(event, verdict);
        observed(event, node);
        timed(event, received);
        event.text(Field.UPSTREAM_CLUSTER, clusterName);
        addressed(event);
        transport(event, verdict);
        if (facts.http) {
            event.text(Field.HTTP_ROUTE, route);
            request(event, notes);
        }
        free.write(event, notes);
        ids(event);
        grpc(event);
        ClusterName cluster = cluster(clusterName);
        Side side = SideRules.of(free.side, node, cluster, route, facts);
        event.text(Field.OBSERVER_SIDE, side.word());
        Ends ends = new Ends(facts, texts, free, event, node, side, cluster);
        ends.source();
        ends.destination(verdict);
        decided(event, verdict);
        new TokenClaims(facts.bytes, event, texts).write(facts.tokens);
        volumes(event);
        event.text(Field.MASKED, notes.value().orElse(""));
        return event.build();
    }

    private void judged(AuditEvent.Builder event, EnvoyVerdict verdict) {
        event.kind(verdict.kind()).outcome(verdict.outcome());
        if (verdict.reason().isPresent()) {
            event.reason(verdict.reason().get());
        }
        long detail = testimony.place(verdict.words());
        put(event, Field.DETAIL, detail);
        also(event, "connection_termination_details", facts.termination, detail);
        also(event, "response_code_details", facts.details, detail);
        also(event, "upstream_transport_failure_reason", facts.upstreamFailure, detail);
        if (facts.flags != 0) {
            event.text(Field.PROXY_FLAGS, remembered(flagNames, facts.flags, ResponseFlags::names));
        }
        if (facts.auditMarked) {
            event.text(Field.AUDIT_MARKED, "true");
        }
        if (facts.inspectorFailure != Span.NONE) {
            event.attribute("tls.inspector", text(event, "tls.inspector", facts.inspectorFailure));
        }
    }

    /// Words of the proxy that did not become the detail.
    private void also(AuditEvent.Builder event, String name, long words, long detail) {
        if (words != Span.NONE && words != detail) {
            event.attribute(name, text(event, name, words));
        }
    }

    private void observed(AuditEvent.Builder event, StreamNode node) {
        event.text(Field.MESH, node.mesh());
        event.text(Field.CLUSTER, node.cluster());
        event.text(Field.OBSERVER_NAME, node.name());
        event.text(Field.PRODUCER_ID, node.id());
        if (!node.identified()) {
            event.attribute("producer_unidentified", "true");
        }
        if (!node.logName().isEmpty()) {
            event.attribute("log_name", node.logName());
        }
        int type = facts.logType;
        if (type < 0 || type >= LOG_TYPES.length || !LOG_TYPES[type].isEmpty()) {
            boolean known = type > 0 && type < LOG_TYPES.length;
            event.attribute("access_log_type", known ? LOG_TYPES[type] : "#" + type);
        }
    }

    private void timed(AuditEvent.Builder event, long received) {
        long seconds = facts.startSeconds;
        long nanos = facts.startNanos >= 0 && facts.startNanos < NANOS_A_SECOND ? facts.startNanos : 0;
        if (!facts.started) {
            ClaimedTime.unknown(event, received);
        } else if (seconds < -9_000_000_000L || seconds > 9_000_000_000L) {
            event.attribute("claimed_time", seconds + " s since 1970");
            event.number(Field.TIME, received);
        } else {
            ClaimedTime.set(event, seconds * NANOS_A_SECOND + nanos, received);
        }
        event.number(Field.DURATION, facts.duration == EntryFacts.UNKNOWN ? facts.lastByte : facts.duration);
    }

    private void addressed(AuditEvent.Builder event) {
        address(event, facts.remote, Field.SOURCE_ADDRESS);
        port(event, facts.remote, Field.SOURCE_PORT);
        if (facts.direct.host != Span.NONE
                && !Span.same(facts.bytes, facts.direct.host, facts.bytes, facts.remote.host)) {
            address(event, facts.direct, Field.SOURCE_PEER_ADDRESS);
        }
        address(event, facts.local, Field.DESTINATION_ADDRESS);
        port(event, facts.local, Field.DESTINATION_PORT);
        if (facts.upstream.host != Span.NONE) {
            event.text(Field.UPSTREAM_HOST, hostAndPort(event, facts.upstream));
        }
        if (facts.attempts > 1) {
            event.attribute("upstream_attempts", Long.toString(facts.attempts));
        }
    }

    private void address(AuditEvent.Builder event, AddressFacts address, Field field) {
        if (address.internal) {
            event.text(field, hostAndPort(event, address));
        } else {
            put(event, field, address.host);
        }
    }

    private static void port(AuditEvent.Builder event, AddressFacts address, Field field) {
        if (address.port > 0) {
            event.number(field, address.port);
        }
    }

    /// `10.0.0.1:80`, `[::1]:80`, a path, or Envoy's own form of an internal address.
    private String hostAndPort(AuditEvent.Builder event, AddressFacts address) {
        String host = text(event, "address", address.host);
        if (address.internal) {
            return "envoy://" + host + "/" + text(event, "address", address.endpoint);
        }
        if (address.port == 0) {
            return host;
        }
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + address.port : host + ":" + address.port;
    }

    private void transport(AuditEvent.Builder event, EnvoyVerdict verdict) {
        TlsFacts tls = facts.tls;
        if (tls.negotiated()) {
            if (tls.version > 0 && tls.version < TLS_VERSIONS.length) {
                event.text(Field.TLS_VERSION, TLS_VERSIONS[tls.version]);
            }
            if (tls.cipher >= 0) {
                event.text(Field.TLS_CIPHER, CipherSuite.name(tls.cipher));
            }
        }
        put(event, Field.TLS_SNI, tls.sni);
        put(event, Field.TLS_PEER_SUBJECT, tls.peer.subject);
        put(event, Field.TLS_PEER_ISSUER, tls.peer.issuer);
        if (tls.peer.names.size() > 0) {
            event.texts(Field.TLS_PEER_SAN, names(event, tls.peer.names));
        }
        if (tls.ja3 != Span.NONE) {
            event.attribute("tls.ja3", text(event, "tls.ja3", tls.ja3));
        }
        if (facts.downstreamFailure != Span.NONE) {
            put(event, Field.TLS_FAILURE, facts.downstreamFailure);
        } else if (verdict.isFor(Reason.UPSTREAM_TLS_FAILED)) {
            put(event, Field.TLS_FAILURE, facts.upstreamFailure);
        }
    }

    private List<String> names(AuditEvent.Builder event, SpanList spans) {
        if (spans.size() == 1) {
            return List.of(text(event, "tls.peer_san", spans.get(0)));
        }
        List<String> names = new ArrayList<>(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            names.add(text(event, "tls.peer_san", spans.get(i)));
        }
        return names;
    }

    private void request(AuditEvent.Builder event, MaskNotes notes) {
        if (facts.method > 0 && facts.method < METHODS.length) {
            event.text(Field.HTTP_METHOD, METHODS[facts.method]);
        } else if (facts.method != 0) {
            event.attribute("http.method", "#" + facts.method);
        }
        if (facts.protocol > 0 && facts.protocol < PROTOCOLS.length) {
            event.text(Field.HTTP_PROTOCOL, PROTOCOLS[facts.protocol]);
        } else if (facts.protocol != 0) {
            event.attribute("http.protocol", "#" + facts.protocol);
        }
        put(event, Field.HTTP_HOST, facts.authority);
        path(event, notes);
        if (facts.status != 0) {
            event.number(Field.HTTP_STATUS, facts.status);
        }
        event.utf8(Field.REQUEST_ID, facts.bytes, Span.from(facts.requestId), Span.length(facts.requestId));
        masked(event, notes, Field.USER_AGENT, facts.userAgent);
        attribute(event, notes, "x_forwarded_for", facts.forwardedFor);
        attribute(event, notes, "referer", facts.referer);
        attribute(event, notes, "original_path", facts.originalPath);
    }

    /// Path and query apart, without scheme and host, which an absolute request target has.
    private void path(AuditEvent.Builder event, MaskNotes notes) {
        byte[] bytes = facts.bytes;
        long target = facts.path;
        int scheme = Span.startsWith(bytes, target, "http://") ? 7 : Span.startsWith(bytes, target, "https://") ? 8 : 0;
        if (scheme > 0) {
            long authority = Span.after(target, scheme);
            int slash = Span.indexOf(bytes, authority, '/');
            int mark = Span.indexOf(bytes, authority, '?');
            int start = slash >= 0 && (mark < 0 || slash < mark) ? slash : mark;
            target = start < 0 ? Span.NONE : Span.after(authority, start);
        }
        int mark = Span.indexOf(bytes, target, '?');
        masked(event, notes, Field.HTTP_PATH, mark < 0 ? target : Span.first(target, mark));
        if (mark >= 0) {
            put(event, Field.HTTP_QUERY, Span.after(target, mark + 1));
            if (event.get(Field.HTTP_QUERY) instanceof String query) {
                event.text(Field.HTTP_QUERY, clean.query(query, notes));
            }
        }
    }

    /// Mended first, so that masking sees text as it will be kept.
    private void masked(AuditEvent.Builder event, MaskNotes notes, Field field, long span) {
        put(event, field, span);
        if (event.get(field) instanceof String text) {
            String masked = clean.text(text, field.key(), notes);
            if (!masked.equals(text)) {
                event.text(field, masked);
            }
        }
    }

    private void attribute(AuditEvent.Builder event, MaskNotes notes, String name, long span) {
        if (span != Span.NONE) {
            event.attribute(name, clean.text(text(event, name, span), name, notes));
        }
    }

    private void ids(AuditEvent.Builder event) {
        event.text(Field.TRACE_ID, free.traceId);
        event.text(Field.SPAN_ID, free.spanId);
        if (facts.streamId != Span.NONE && !Span.same(facts.bytes, facts.streamId, facts.bytes, facts.requestId)) {
            event.attribute("stream_id", Utf8.text(event, "stream_id", facts.bytes, facts.streamId));
        }
    }

    private void grpc(AuditEvent.Builder event) {
        if (free.grpc && event.get(Field.HTTP_PATH) instanceof String path) {
            int slash = path.lastIndexOf('/');
            if (slash > 1 && path.charAt(0) == '/') {
                event.text(Field.GRPC_SERVICE, path.substring(1, slash));
                event.text(Field.GRPC_METHOD, path.substring(slash + 1));
            }
        }
    }

    /// The policy that decided, and what a dry run would have decided.
    private void decided(AuditEvent.Builder event, EnvoyVerdict verdict) {
        RbacFacts rbac = facts.rbac();
        if (verdict.isByPolicy()) {
            event.text(Field.POLICY_ACTION, verdict.policyAction());
            policy(event, testimony.policy(verdict));
        } else if (isExternal(verdict)) {
            event.text(Field.POLICY_ACTION, "deny");
            policy(event, facts.httpRbac.external.id);
        } else if (rbac.enforced.allowed && rbac.enforced.id != Span.NONE) {
            event.text(Field.POLICY_ACTION, "allow");
            policy(event, rbac.enforced.id);
        }
        shadow(event, rbac);
    }

    /// Whether an external authorizer denied on behalf of a policy that is known.
    private boolean isExternal(EnvoyVerdict verdict) {
        return facts.httpRbac.external.id != Span.NONE
                && (verdict.isFor(Reason.EXT_AUTHZ_DENIED) || verdict.isFor(Reason.EXT_AUTHZ_FAILED));
    }

    private void policy(AuditEvent.Builder event, long id) {
        if (id != Span.NONE) {
            PolicyId policy = policyId(event, id);
            event.text(Field.POLICY_NAME, policy.name());
            event.text(Field.POLICY_KIND, policy.kind());
            event.text(Field.POLICY_RULE, policy.rule());
        }
    }

    /// A deny would have come first, then the lack of an allow, then the allow.
    private void shadow(AuditEvent.Builder event, RbacFacts rbac) {
        RbacFacts.Decision deny = rbac.shadowDeny;
        RbacFacts.Decision allow = rbac.shadowAllow;
        RbacFacts.Decision plain = rbac.shadow;
        if (deny.denied) {
            shadow(event, "deny", deny.id);
        } else if (plain.denied) {
            shadow(event, plain.id == Span.NONE ? "default_deny" : "deny", plain.id);
        } else if (allow.denied) {
            shadow(event, "default_deny", allow.id);
        } else if (allow.allowed || plain.allowed || deny.allowed) {
            shadow(event, "allow", allow.id != Span.NONE ? allow.id : plain.id);
        }
    }

    private void shadow(AuditEvent.Builder event, String action, long id) {
        event.text(Field.SHADOW_ACTION, action);
        if (id != Span.NONE && !Span.is(facts.bytes, id, "none")) {
            PolicyId policy = policyId(event, id);
            event.text(Field.SHADOW_POLICY, policy.name());
            event.text(Field.SHADOW_RULE, policy.rule());
        }
    }

    private void volumes(AuditEvent.Builder event) {
        event.number(Field.BYTES_IN, facts.http ? facts.requestBody : facts.receivedBytes);
        event.number(Field.BYTES_OUT, facts.http ? facts.responseBody : facts.sentBytes);
    }

    private PolicyId policyId(AuditEvent.Builder event, long id) {
        return remembered(policies, text(event, "policy.name", id), PolicyId::parse);
    }

    private ClusterName cluster(String name) {
        return name.isEmpty() ? ClusterName.NONE : remembered(clusters, name, ClusterName::parse);
    }

    private void put(AuditEvent.Builder event, Field field, long span) {
        texts.put(event, field, facts.bytes, span);
    }

    private String text(AuditEvent.Builder event, String name, long span) {
        return texts.text(event, name, facts.bytes, span);
    }

    private static <K, V> V remembered(Map<K, V> known, K key, Function<K, V> parse) {
        V found = known.get(key);
        if (found != null) {
            return found;
        }
        V made = parse.apply(key);
        if (known.size() >= NAMES_LIMIT) {
            known.clear();
        }
        known.put(key, made);
        return made;
    }
}
