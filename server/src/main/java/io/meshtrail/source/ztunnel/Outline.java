package io.meshtrail.source.ztunnel;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.source.RustlsFailure;
import java.util.Locale;
import java.util.Optional;

/// What a line amounts to.
///
/// @param policy `namespace/name` of the policy that decided, or would have; empty if none is named
/// @param action the value of `policy.action`, or of `shadow.action` for a dry run; empty if no policy
///     decided
/// @param isShadow whether it is the result of a dry run
record Outline(Kind kind, Outcome outcome, Optional<Reason> reason, String policy, String action, boolean isShadow) {
    private static final String REJECTION = "connection closed due to policy rejection";
    private static final String EXPLICIT = REJECTION + ": explicitly denied by: ";
    private static final String NONE_ALLOWED = REJECTION + ": allow policies exist, but none allowed";
    private static final String HANDSHAKE = "tls handshake error: ";
    private static final String IDENTITY = "identity verification error: ";

    /// Empty if the line tells nothing to audit.
    static Optional<Outline> of(LogLine line) {
        if (line.isOf("access")) {
            // The opening is told again, with the end, by the line at the end.
            boolean opening = line.message().equals("connection opened");
            return opening ? Optional.empty() : Optional.of(access(line));
        }
        if (line.isOf("state")) {
            return dryRun(line);
        }
        // Before 2025 a failed handshake was told without addresses.
        int handshake = line.message().indexOf(HANDSHAKE);
        return line.isOf("hyper_util") && handshake >= 0
                ? Optional.of(failed(Kind.HANDSHAKE, RustlsFailure.reason(line.message())))
                : Optional.empty();
    }

    private static Optional<Outline> dryRun(LogLine line) {
        if (line.message().startsWith("dry-run: deny policy match")) {
            return Optional.of(shadow("deny", line.get("policy")));
        }
        boolean missed = line.message().startsWith("dry-run: no allow policies match");
        return missed ? Optional.of(shadow("default_deny", "")) : Optional.empty();
    }

    private static Outline access(LogLine line) {
        String error = line.get("error");
        boolean inbound = !line.get("direction").equals("outbound");
        if (error.isEmpty()) {
            return new Outline(Kind.CONNECTION, Outcome.ALLOWED, Optional.empty(), "", "", false);
        }
        if (error.startsWith(EXPLICIT)) {
            String policy = error.substring(EXPLICIT.length()).strip();
            return denied(isStrictMtls(policy) ? Reason.MTLS_REQUIRED : Reason.POLICY_DENIED, policy, "deny");
        }
        if (error.startsWith(NONE_ALLOWED)) {
            return denied(Reason.NO_POLICY_MATCHED, "", "default_deny");
        }
        if (error.startsWith(REJECTION)) {
            return denied(Reason.POLICY_DENIED, "", "deny");
        }
        if (error.startsWith("connection closed due to policy change")) {
            return denied(Reason.POLICY_CHANGED, "", "");
        }
        // What the ztunnel at the other end said: 401 is its refusal by policy.
        if (error.startsWith("http status: 401") || error.startsWith("http status: 403")) {
            return denied(Reason.POLICY_DENIED, "", "");
        }
        if (error.contains("revoked by CRL")) {
            return inbound ? failed(Kind.HANDSHAKE, Reason.CERTIFICATE_REVOKED) : upstreamTls();
        }
        if (error.startsWith(IDENTITY)) {
            return inbound ? failed(Kind.HANDSHAKE, Reason.SAN_MISMATCH) : upstreamTls();
        }
        if (error.startsWith(HANDSHAKE) || error.startsWith("tls error: ")) {
            return inbound ? failed(Kind.HANDSHAKE, RustlsFailure.reason(error)) : upstreamTls();
        }
        return failed(Kind.CONNECTION, reason(error.toLowerCase(Locale.ROOT), inbound));
    }

    /// What PeerAuthentication is turned into.
    private static boolean isStrictMtls(String policy) {
        String name = policy.substring(policy.indexOf('/') + 1);
        return name.equals("istio_converted_static_strict") || name.startsWith("converted_peer_authentication_");
    }

    private static Reason reason(String error, boolean inbound) {
        if (error.startsWith("connection timed out")) {
            return Reason.UPSTREAM_TIMEOUT;
        }
        if (error.startsWith("connection failed") || error.startsWith("http status: 503")) {
            return Reason.UPSTREAM_UNREACHABLE;
        }
        if (error.startsWith("no healthy upstream")) {
            return Reason.NO_HEALTHY_UPSTREAM;
        }
        if (error.startsWith("unknown") || error.startsWith("no service") || error.startsWith("no workload")) {
            return Reason.NO_ROUTE;
        }
        if (error.startsWith("http2 handshake failed") || error.startsWith("http handshake failed")) {
            return inbound ? Reason.PROTOCOL_ERROR : Reason.UPSTREAM_PROTOCOL_ERROR;
        }
        if (error.startsWith("identity error")) {
            return Reason.CERTIFICATE_UNAVAILABLE;
        }
        if (error.startsWith("ip mismatch")
                || error.startsWith("expected method")
                || error.contains("recursive call")) {
            return Reason.BAD_REQUEST;
        }
        if (error.startsWith("client disconnected") || error.startsWith("receive:")) {
            return Reason.CLIENT_DISCONNECTED;
        }
        return error.startsWith("destination disconnected") || error.startsWith("send:")
                ? Reason.UPSTREAM_RESET
                : Reason.OTHER;
    }

    private static Outline denied(Reason reason, String policy, String action) {
        return new Outline(Kind.CONNECTION, Outcome.DENIED, Optional.of(reason), policy, action, false);
    }

    private static Outline failed(Kind kind, Reason reason) {
        return new Outline(kind, Outcome.FAILED, Optional.of(reason), "", "", false);
    }

    private static Outline upstreamTls() {
        return failed(Kind.CONNECTION, Reason.UPSTREAM_TLS_FAILED);
    }

    /// The line does not say how the connection went on; its own line will.
    private static Outline shadow(String action, String policy) {
        return new Outline(Kind.CONNECTION, Outcome.UNKNOWN, Optional.empty(), policy, action, true);
    }

    boolean isFor(Reason asked) {
        return reason.isPresent() && reason.get() == asked;
    }
}
