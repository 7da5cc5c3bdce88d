package io.meshtrail.source.envoy;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an entry amounts to.
///
/// @param detail the place of the proxy's words that led to it
/// @param policy the place of the id of the policy that denied, if one did
/// @param byPolicy whether RBAC denied it
record Judgement(Kind kind, Outcome outcome, Optional<Reason> reason, long detail, long policy, boolean byPolicy) {
    private static final String RBAC = "rbac_access_denied_matched_policy[";
    private static final String JWT = "jwt_authn_access_denied{";
    private static final String VIA_UPSTREAM = "via_upstream";
    private static final String CLIENT_GONE = "downstream_remote_disconnect";

    private static final long UPSTREAM_FAILED = ResponseFlags.UPSTREAM_CONNECTION_FAILURE
            | ResponseFlags.NO_HEALTHY_UPSTREAM
            | ResponseFlags.RETRIES_EXHAUSTED
            | ResponseFlags.UPSTREAM_TERMINATION
            | ResponseFlags.UPSTREAM_REMOTE_RESET;

    private static final long CLIENT_LEFT = ResponseFlags.DOWNSTREAM_TERMINATION | ResponseFlags.DOWNSTREAM_RESET;

    /// Judges an entry: the first row of the design's table that fits.
    static Judgement of(EntryFacts facts) {
        if (facts.downstreamFailure != Span.NONE) {
            String failure = latin(facts, facts.downstreamFailure);
            return failed(Kind.HANDSHAKE, HandshakeReason.of(failure), facts.downstreamFailure);
        }
        if (Span.is(facts.bytes, facts.termination, "transport socket timeout was reached")) {
            return failed(Kind.HANDSHAKE, Reason.HANDSHAKE_TIMEOUT, facts.termination);
        }
        Judgement denial = denial(facts);
        return denial == null ? passedOrFailed(facts) : denial;
    }

    private static @Nullable Judgement denial(EntryFacts facts) {
        byte[] bytes = facts.bytes;
        long detail = facts.details != Span.NONE ? facts.details : facts.termination;
        if (Span.startsWith(bytes, facts.details, "filter_chain_not_found")
                || (facts.hasAny(ResponseFlags.NO_ROUTE) && facts.isConnection())) {
            return denied(Kind.CONNECTION, Reason.NO_FILTER_CHAIN, detail);
        }
        // Istio's words for "the registry does not know this destination and outboundTrafficPolicy forbids it".
        if (Span.is(bytes, facts.cluster, "BlackHoleCluster") || Span.is(bytes, facts.route, "block_all")) {
            return denied(kind(facts), Reason.NO_ROUTE, detail);
        }
        if (Span.startsWith(bytes, facts.termination, RBAC)) {
            return byPolicy(Kind.CONNECTION, facts.termination, bytes);
        }
        if (Span.is(bytes, facts.details, VIA_UPSTREAM)) {
            return null;
        }
        if (facts.details == Span.NONE && facts.termination == Span.NONE && isDeniedByMetadata(facts)) {
            return byMetadata(facts);
        }
        if (Span.startsWith(bytes, facts.details, JWT)) {
            return denied(Kind.TOKEN, TokenReason.of(inside(facts.bytes, facts.details, JWT.length())), facts.details);
        }
        if (Span.startsWith(bytes, facts.details, RBAC)) {
            return byPolicy(kind(facts), facts.details, bytes);
        }
        return denialByOthers(facts, detail);
    }

    /// Older Envoys and some loggers leave out the details; the RBAC filter's metadata is there all the same.
    private static boolean isDeniedByMetadata(EntryFacts facts) {
        return facts.rbac().enforced.denied && (facts.isConnection() || facts.status == 403);
    }

    private static Judgement byMetadata(EntryFacts facts) {
        long policy = facts.rbac().enforced.id;
        Reason reason = policy == Span.NONE ? Reason.NO_POLICY_MATCHED : Reason.POLICY_DENIED;
        return new Judgement(kind(facts), Outcome.DENIED, Optional.of(reason), Span.NONE, policy, true);
    }

    private static @Nullable Judgement denialByOthers(EntryFacts facts, long detail) {
        byte[] bytes = facts.bytes;
        if (Span.startsWith(bytes, detail, "ext_authz_error")) {
            return denied(kind(facts), Reason.EXT_AUTHZ_FAILED, detail);
        }
        if (facts.hasAny(ResponseFlags.UNAUTHORIZED) || Span.startsWith(bytes, detail, "ext_authz_denied")) {
            return denied(kind(facts), Reason.EXT_AUTHZ_DENIED, detail);
        }
        if (facts.hasAny(ResponseFlags.RATE_LIMIT_ERROR) || Span.startsWith(bytes, detail, "rate_limiter_error")) {
            return denied(kind(facts), Reason.RATE_LIMIT_FAILED, detail);
        }
        if (facts.hasAny(ResponseFlags.RATE_LIMITED) || Span.endsWith(bytes, detail, "rate_limited")) {
            return denied(kind(facts), Reason.RATE_LIMITED, detail);
        }
        return null;
    }

    private static Judgement passedOrFailed(EntryFacts facts) {
        byte[] bytes = facts.bytes;
        boolean passed = Span.is(bytes, facts.details, VIA_UPSTREAM);
        // A retry may have succeeded after a failed handshake; then the text is there and the failure is not.
        if (facts.upstreamFailure != Span.NONE
                && (facts.hasAny(UPSTREAM_FAILED) || (!passed && facts.flags == 0 && facts.status == 0))
                && HandshakeReason.isTls(latin(facts, facts.upstreamFailure))) {
            return failed(kind(facts), Reason.UPSTREAM_TLS_FAILED, facts.upstreamFailure);
        }
        long detail = firstOf(facts.details, facts.termination, facts.upstreamFailure);
        if (facts.flags != 0) {
            Optional<Reason> byFlags = FailureReason.byFlags(facts.flags);
            if (byFlags.isPresent()) {
                return failed(kind(facts), byFlags.get(), detail);
            }
        }
        if (facts.isConnection() && facts.status == 0) {
            return connection(facts, detail);
        }
        return passed ? answered(facts, detail) : notFromUpstream(facts, detail);
    }

    private static Judgement connection(EntryFacts facts, long detail) {
        if (facts.hasAny(CLIENT_LEFT)) {
            return failed(Kind.CONNECTION, Reason.CLIENT_DISCONNECTED, detail);
        }
        Outcome outcome = facts.logType == EntryFacts.TCP_CONNECTION_START ? Outcome.UNKNOWN : Outcome.ALLOWED;
        return new Judgement(Kind.CONNECTION, outcome, Optional.empty(), detail, Span.NONE, false);
    }

    /// A response of the upstream reached the proxy.
    private static Judgement answered(EntryFacts facts, long detail) {
        Optional<Reason> reason = Optional.empty();
        if (facts.status == 401 || facts.status == 403) {
            reason = Optional.of(Reason.APPLICATION_REFUSED);
        } else if (facts.hasAny(CLIENT_LEFT)) {
            reason = Optional.of(Reason.CLIENT_DISCONNECTED);
        }
        return new Judgement(kind(facts), Outcome.ALLOWED, reason, detail, Span.NONE, false);
    }

    private static Judgement notFromUpstream(EntryFacts facts, long detail) {
        byte[] bytes = facts.bytes;
        boolean gone = facts.hasAny(CLIENT_LEFT) || Span.startsWith(bytes, facts.details, "downstream_");
        if (facts.status == 0) {
            boolean started = facts.logType == EntryFacts.DOWNSTREAM_START;
            return started && !gone
                    ? new Judgement(kind(facts), Outcome.UNKNOWN, Optional.empty(), detail, Span.NONE, false)
                    : failed(
                            kind(facts),
                            FailureReason.byDetails(bytes, detail).orElse(Reason.CLIENT_DISCONNECTED),
                            detail);
        }
        boolean headWasSent = Span.is(bytes, facts.details, CLIENT_GONE) || (gone && facts.details == Span.NONE);
        boolean olderEnvoy = facts.details == Span.NONE && (facts.upstream.host != Span.NONE || facts.status < 400);
        if (headWasSent || olderEnvoy) {
            return answered(facts, detail);
        }
        if (facts.status == 401 || facts.status == 403) {
            return denied(kind(facts), facts.status == 401 ? Reason.UNAUTHENTICATED : Reason.FORBIDDEN, detail);
        }
        Optional<Reason> byDetails = FailureReason.byDetails(bytes, detail);
        if (byDetails.isPresent()) {
            return failed(kind(facts), byDetails.get(), detail);
        }
        // The proxy answered by itself: a configured response below 500 is an answer like any other.
        boolean configured = facts.status < 400 || Span.is(bytes, facts.details, "direct_response");
        return configured && facts.status < 500
                ? new Judgement(kind(facts), Outcome.ALLOWED, Optional.empty(), detail, Span.NONE, false)
                : failed(kind(facts), Reason.OTHER, detail);
    }

    private static Judgement byPolicy(Kind kind, long words, byte[] bytes) {
        long rest = Span.after(words, RBAC.length());
        boolean closed = Span.endsWith(bytes, rest, "]");
        long id = closed ? Span.first(rest, Span.length(rest) - 1) : rest;
        if (id == Span.NONE || Span.is(bytes, id, "none")) {
            return new Judgement(kind, Outcome.DENIED, Optional.of(Reason.NO_POLICY_MATCHED), words, Span.NONE, true);
        }
        Reason reason = Reason.POLICY_DENIED;
        if (Span.startsWith(bytes, id, "istio-ext-authz-")) {
            boolean broken = Span.endsWith(bytes, id, "-deny-due-to-bad-CUSTOM-action");
            reason = broken ? Reason.EXT_AUTHZ_FAILED : Reason.EXT_AUTHZ_DENIED;
        }
        return new Judgement(kind, Outcome.DENIED, Optional.of(reason), words, id, true);
    }

    private static Judgement denied(Kind kind, Reason reason, long detail) {
        return new Judgement(kind, Outcome.DENIED, Optional.of(reason), detail, Span.NONE, false);
    }

    private static Judgement failed(Kind kind, Reason reason, long detail) {
        return new Judgement(kind, Outcome.FAILED, Optional.of(reason), detail, Span.NONE, false);
    }

    private static Kind kind(EntryFacts facts) {
        return facts.isConnection() ? Kind.CONNECTION : Kind.REQUEST;
    }

    /// What stands between the opening brace and the last closing one.
    private static String inside(byte[] bytes, long words, int skipped) {
        long rest = Span.after(words, skipped);
        long status = Span.endsWith(bytes, rest, "}") ? Span.first(rest, Span.length(rest) - 1) : rest;
        return new String(bytes, Span.from(status), Span.length(status), StandardCharsets.ISO_8859_1);
    }

    /// Only for looking at, never for keeping.
    private static String latin(EntryFacts facts, long span) {
        return new String(facts.bytes, Span.from(span), Span.length(span), StandardCharsets.ISO_8859_1);
    }

    private static long firstOf(long one, long two, long three) {
        if (one != Span.NONE) {
            return one;
        }
        return two != Span.NONE ? two : three;
    }
}
