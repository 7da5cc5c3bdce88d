package io.meshtrail.source.linkerd;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.source.RustlsFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a line of the diagnostic log amounts to.
///
/// @param policy what the line says of the server's policy
record Outline(Kind kind, Outcome outcome, Optional<Reason> reason, Policy policy) {
    /// The part of a policy in it.
    enum Policy {
        /// It says nothing of a policy.
        NONE,
        /// No authorization of the server applied, so it was denied.
        DENIED,
        /// An authorization applied.
        ALLOWED,
        /// It was allowed only since the server is in audit mode.
        AUDITED
    }

    /// What the error says, and the reason. The first that fits.
    private record Word(String part, Reason reason) {}

    private static final List<Word> FAILURES = List.of(
            new Word("no route found", Reason.NO_ROUTE),
            new Word("configured to fail", Reason.FAULT_INJECTED),
            new Word("require transport header", Reason.BAD_REQUEST),
            new Word("gateway loop", Reason.BAD_REQUEST),
            new Word("bad gateway domain", Reason.BAD_REQUEST),
            new Word("load shed", Reason.OVERLOADED),
            new Word("loadshed", Reason.OVERLOADED),
            new Word("fail-fast", Reason.NO_HEALTHY_UPSTREAM),
            new Word("failfast", Reason.NO_HEALTHY_UPSTREAM),
            new Word("connect timed out", Reason.UPSTREAM_TIMEOUT),
            new Word("timed out", Reason.UPSTREAM_TIMEOUT),
            new Word("connection refused", Reason.UPSTREAM_UNREACHABLE),
            new Word("no route to host", Reason.UPSTREAM_UNREACHABLE),
            new Word("unreachable", Reason.UPSTREAM_UNREACHABLE));

    /// Words of TLS in the error of a connection.
    private static final List<String> TLS = List.of(
            "peer certificate",
            "certificate",
            "fatal alert",
            "corrupt message",
            "handshake",
            "peer is incompatible",
            "tls identity",
            "required id");

    /// Empty if the line tells nothing to audit.
    static Optional<Outline> of(LogLine line) {
        return switch (line.message()) {
            case "Request denied" -> Optional.of(denied(Kind.REQUEST));
            case "Connection denied" -> Optional.of(denied(Kind.CONNECTION));
            case "Connection terminated due to policy change" ->
                Optional.of(new Outline(
                        Kind.CONNECTION, Outcome.DENIED, Optional.of(Reason.POLICY_CHANGED), Policy.DENIED));
            case "Request allowed" -> Optional.of(allowed(line));
            case "Request authorized" -> Optional.of(allowed(Kind.REQUEST, Policy.ALLOWED));
            case "Connection authorized" -> Optional.of(allowed(Kind.CONNECTION, Policy.ALLOWED));
            case "Connection closed" -> closed(line);
            case "Failed to connect" -> Optional.of(unconnected(line));
            case "Certified identity" ->
                Optional.of(new Outline(Kind.CERTIFICATE, Outcome.CHANGED, Optional.empty(), Policy.NONE));
            case "Failed to obtain identity", "Error processing SVID update" ->
                Optional.of(failed(Kind.CERTIFICATE, Reason.CERTIFICATE_UNAVAILABLE));
            default ->
                line.message().toLowerCase(Locale.ROOT).endsWith("request failed")
                                && line.isOf("linkerd_app_core::errors")
                        ? Optional.of(request(line))
                        : Optional.empty();
        };
    }

    private static Outline allowed(LogLine line) {
        Kind kind = line.isOf("linkerd_app_inbound::policy::tcp") ? Kind.CONNECTION : Kind.REQUEST;
        return allowed(kind, line.get("authz.name").equals("audit") ? Policy.AUDITED : Policy.ALLOWED);
    }

    /// The second line of a denial, or a request that failed for another reason.
    private static Outline request(LogLine line) {
        String error = line.get("error").toLowerCase(Locale.ROOT);
        if (error.contains("unauthorized")) {
            return denied(Kind.REQUEST);
        }
        if (error.contains("rate limit exceeded")) {
            return refused(Reason.RATE_LIMITED);
        }
        if (error.contains("must be mutually authenticated") || error.contains("no identity provided")) {
            return refused(Reason.MTLS_REQUIRED);
        }
        // How the control plane puts an EgressNetwork that denies.
        if (error.contains("configured to fail with 403") && error.contains("traffic not allowed")) {
            return refused(Reason.POLICY_DENIED);
        }
        if (isTls(error)) {
            return failed(Kind.REQUEST, Reason.UPSTREAM_TLS_FAILED);
        }
        Reason otherwise = error.contains("closed") || error.contains("reset") ? Reason.UPSTREAM_RESET : Reason.OTHER;
        return failed(Kind.REQUEST, reason(error).orElse(otherwise));
    }

    private static Optional<Outline> closed(LogLine line) {
        String error = line.get("error").isEmpty() ? line.get("reason") : line.get("error");
        String words = error.toLowerCase(Locale.ROOT);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.contains("unauthorized connection")) {
            return Optional.of(denied(Kind.CONNECTION));
        }
        if (words.startsWith("tls detection")) {
            return Optional.of(failed(Kind.HANDSHAKE, Reason.HANDSHAKE_TIMEOUT));
        }
        if (isTls(words)) {
            return Optional.of(
                    line.isOutbound()
                            ? failed(Kind.CONNECTION, Reason.UPSTREAM_TLS_FAILED)
                            : failed(Kind.HANDSHAKE, RustlsFailure.reason(words)));
        }
        boolean left = words.contains("reset") || words.contains("broken pipe") || words.contains("not connected");
        Reason otherwise =
                !left ? Reason.OTHER : line.isOutbound() ? Reason.UPSTREAM_RESET : Reason.CLIENT_DISCONNECTED;
        return Optional.of(failed(Kind.CONNECTION, reason(words).orElse(otherwise)));
    }

    private static Outline unconnected(LogLine line) {
        String error = line.get("error").toLowerCase(Locale.ROOT);
        return failed(
                Kind.CONNECTION,
                isTls(error) ? Reason.UPSTREAM_TLS_FAILED : reason(error).orElse(Reason.UPSTREAM_UNREACHABLE));
    }

    private static Optional<Reason> reason(String error) {
        return FAILURES.stream()
                .filter(word -> error.contains(word.part))
                .findFirst()
                .map(Word::reason);
    }

    private static boolean isTls(String error) {
        return TLS.stream().anyMatch(error::contains);
    }

    /// The reason depends on whether a Server denied or the default of the pod; see [LogFields].
    private static Outline denied(Kind kind) {
        return new Outline(kind, Outcome.DENIED, Optional.empty(), Policy.DENIED);
    }

    private static Outline refused(Reason reason) {
        return new Outline(Kind.REQUEST, Outcome.DENIED, Optional.of(reason), Policy.NONE);
    }

    private static Outline allowed(Kind kind, Policy policy) {
        return new Outline(kind, Outcome.ALLOWED, Optional.empty(), policy);
    }

    private static Outline failed(Kind kind, Reason reason) {
        return new Outline(kind, Outcome.FAILED, Optional.of(reason), Policy.NONE);
    }
}
