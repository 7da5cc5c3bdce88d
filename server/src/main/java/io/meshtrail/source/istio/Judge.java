package io.meshtrail.source.istio;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides what happened from what Envoy wrote about it. A pure function; the first rule that fits wins.
final class Judge {
    private static final String RBAC = "rbac_access_denied_matched_policy[";
    private static final String JWT = "jwt_authn_access_denied{";
    private static final String NO_FILTER_CHAIN = "filter_chain_not_found";

    /// Response flags that mean a failure, in the order in which they explain it best.
    private static final List<Map.Entry<String, Reason>> FLAGS = List.of(
            Map.entry("NC", Reason.NO_CLUSTER),
            Map.entry("IH", Reason.BAD_REQUEST),
            Map.entry("DPE", Reason.BAD_REQUEST),
            Map.entry("UH", Reason.NO_HEALTHY_UPSTREAM),
            Map.entry("LH", Reason.NO_HEALTHY_UPSTREAM),
            Map.entry("UO", Reason.UPSTREAM_OVERFLOW),
            Map.entry("UF", Reason.UPSTREAM_UNREACHABLE),
            Map.entry("DF", Reason.DNS_FAILED),
            Map.entry("UPE", Reason.UPSTREAM_PROTOCOL_ERROR),
            Map.entry("UT", Reason.UPSTREAM_TIMEOUT),
            Map.entry("UC", Reason.UPSTREAM_RESET),
            Map.entry("UR", Reason.UPSTREAM_RESET),
            Map.entry("LR", Reason.UPSTREAM_RESET),
            Map.entry("URX", Reason.UPSTREAM_UNREACHABLE),
            Map.entry("OM", Reason.OVERLOADED),
            Map.entry("DO", Reason.OVERLOADED),
            Map.entry("UDO", Reason.OVERLOADED),
            Map.entry("NFCF", Reason.CONFIGURATION_MISSING),
            Map.entry("FI", Reason.FAULT_INJECTED),
            Map.entry("SI", Reason.TIMEOUT),
            Map.entry("DT", Reason.TIMEOUT),
            Map.entry("UMSDR", Reason.TIMEOUT),
            Map.entry("DC", Reason.CLIENT_DISCONNECTED),
            Map.entry("DR", Reason.CLIENT_DISCONNECTED));

    /// Starts of `response_code_details` that mean a failure when no flag says so.
    private static final List<Map.Entry<String, Reason>> DETAILS = List.of(
            Map.entry("route_not_found", Reason.NO_ROUTE),
            Map.entry("cluster_not_found", Reason.NO_CLUSTER),
            Map.entry("no_healthy_upstream", Reason.NO_HEALTHY_UPSTREAM),
            Map.entry("missing_host_header", Reason.BAD_REQUEST),
            Map.entry("missing_path", Reason.BAD_REQUEST),
            Map.entry("path_normalization_failed", Reason.BAD_REQUEST),
            Map.entry("absolute_path_rejected", Reason.BAD_REQUEST),
            Map.entry("request_headers_failed_strict_check", Reason.BAD_REQUEST),
            Map.entry("request_payload_too_large", Reason.BAD_REQUEST),
            Map.entry("low_version", Reason.BAD_REQUEST),
            Map.entry("upgrade_failed", Reason.BAD_REQUEST),
            Map.entry("http1.", Reason.BAD_REQUEST),
            Map.entry("http2.", Reason.BAD_REQUEST),
            Map.entry("http3.", Reason.BAD_REQUEST),
            Map.entry("overload", Reason.OVERLOADED),
            Map.entry("upstream_reset", Reason.UPSTREAM_RESET),
            Map.entry("upstream_response_timeout", Reason.UPSTREAM_TIMEOUT),
            Map.entry("upstream_per_try_timeout", Reason.UPSTREAM_TIMEOUT),
            Map.entry("stream_idle_timeout", Reason.TIMEOUT),
            Map.entry("request_header_timeout", Reason.TIMEOUT),
            Map.entry("request_overall_timeout", Reason.TIMEOUT),
            Map.entry("duration_timeout", Reason.TIMEOUT),
            Map.entry("max_duration_timeout", Reason.TIMEOUT),
            Map.entry("downstream_remote_disconnect", Reason.CLIENT_DISCONNECTED),
            Map.entry("downstream_local_disconnect", Reason.CLIENT_DISCONNECTED),
            Map.entry("fault_filter_abort", Reason.FAULT_INJECTED));

    private Judge() {}

    static Verdict verdict(Facts facts) {
        Kind kind = facts.isHttp() ? Kind.REQUEST : Kind.CONNECTION;
        if (!facts.downstreamFailure().isEmpty()) {
            Reason reason = TlsFailure.reason(facts.downstreamFailure());
            return Verdict.of(Kind.HANDSHAKE, Outcome.FAILED, reason, facts.downstreamFailure());
        }
        if (facts.details().contains(NO_FILTER_CHAIN)
                || facts.termination().contains(NO_FILTER_CHAIN)
                || (facts.flag("NR") && !facts.isHttp() && facts.details().isEmpty())) {
            String words = facts.details().isEmpty() ? facts.termination() : facts.details();
            return Verdict.of(Kind.CONNECTION, Outcome.DENIED, Reason.NO_FILTER_CHAIN, words);
        }
        if (facts.termination().startsWith(RBAC)) {
            return rbac(Kind.CONNECTION, facts.termination());
        }
        if (facts.details().startsWith(RBAC)) {
            return rbac(kind, facts.details());
        }
        if (facts.details().startsWith(JWT)) {
            return Verdict.of(Kind.TOKEN, Outcome.DENIED, token(facts.details()), facts.details());
        }
        return outsideJudge(facts, kind).or(() -> failure(facts, kind)).orElseGet(() -> passed(facts, kind));
    }

    private static Verdict rbac(Kind kind, String words) {
        int end = words.lastIndexOf(']');
        String id = end > RBAC.length() ? words.substring(RBAC.length(), end) : words.substring(RBAC.length());
        if (id.equals("none") || id.isEmpty()) {
            return new Verdict(
                    kind, Outcome.DENIED, Optional.of(Reason.NO_POLICY_MATCHED), Optional.empty(), true, words);
        }
        PolicyId policy = PolicyId.of(id);
        Reason reason = policy.isBrokenCustom() ? Reason.EXT_AUTHZ_FAILED : Reason.POLICY_DENIED;
        return new Verdict(kind, Outcome.DENIED, Optional.of(reason), Optional.of(policy), false, words);
    }

    private static Reason token(String words) {
        if (words.contains("missing")) {
            return Reason.TOKEN_MISSING;
        }
        if (words.contains("expired")) {
            return Reason.TOKEN_EXPIRED;
        }
        if (words.contains("not_yet_valid")) {
            return Reason.TOKEN_NOT_YET_VALID;
        }
        if (words.contains("Audience")) {
            return Reason.TOKEN_WRONG_AUDIENCE;
        }
        if (words.contains("issuer")) {
            return Reason.TOKEN_WRONG_ISSUER;
        }
        return words.contains("Jwks_remote_fetch") ? Reason.TOKEN_KEYS_UNAVAILABLE : Reason.TOKEN_INVALID;
    }

    private static Optional<Verdict> outsideJudge(Facts facts, Kind kind) {
        String details = facts.details();
        if (details.startsWith("ext_authz_error")) {
            return Optional.of(Verdict.of(kind, Outcome.DENIED, Reason.EXT_AUTHZ_FAILED, details));
        }
        if (facts.flag("UAEX") || details.startsWith("ext_authz_denied")) {
            return Optional.of(Verdict.of(kind, Outcome.DENIED, Reason.EXT_AUTHZ_DENIED, details));
        }
        if (facts.flag("RLSE") || details.startsWith("rate_limiter_error")) {
            return Optional.of(Verdict.of(kind, Outcome.DENIED, Reason.RATE_LIMIT_FAILED, details));
        }
        if (facts.flag("RL")
                || details.startsWith("request_rate_limited")
                || details.startsWith("local_rate_limited")) {
            return Optional.of(Verdict.of(kind, Outcome.DENIED, Reason.RATE_LIMITED, details));
        }
        return Optional.empty();
    }

    private static Optional<Verdict> failure(Facts facts, Kind kind) {
        if (TlsFailure.isTls(facts.upstreamFailure())) {
            return Optional.of(Verdict.of(kind, Outcome.FAILED, Reason.UPSTREAM_TLS_FAILED, facts.upstreamFailure()));
        }
        if (facts.flag("NR")) {
            return Optional.of(Verdict.of(kind, Outcome.FAILED, Reason.NO_ROUTE, facts.details()));
        }
        for (Map.Entry<String, Reason> flag : FLAGS) {
            if (facts.flag(flag.getKey())) {
                String words = facts.upstreamFailure().isEmpty() ? facts.details() : facts.upstreamFailure();
                return Optional.of(Verdict.of(kind, Outcome.FAILED, flag.getValue(), words));
            }
        }
        for (Map.Entry<String, Reason> detail : DETAILS) {
            if (facts.details().startsWith(detail.getKey())) {
                return Optional.of(Verdict.of(kind, Outcome.FAILED, detail.getValue(), facts.details()));
            }
        }
        if (!facts.upstreamFailure().isEmpty()) {
            return Optional.of(Verdict.of(kind, Outcome.FAILED, Reason.UPSTREAM_UNREACHABLE, facts.upstreamFailure()));
        }
        return Optional.empty();
    }

    private static Verdict passed(Facts facts, Kind kind) {
        boolean refused = facts.status() == 401 || facts.status() == 403;
        if (refused && facts.details().startsWith("via_upstream")) {
            return Verdict.of(kind, Outcome.ALLOWED, Reason.APPLICATION_REFUSED, facts.details());
        }
        if (facts.flag("DI")) {
            return Verdict.of(kind, Outcome.ALLOWED, Reason.FAULT_INJECTED, facts.details());
        }
        // A listener's own line: neither an upstream nor words. The connection may have been good or not.
        boolean silent =
                !facts.isHttp() && !facts.hasUpstream() && facts.details().isEmpty();
        return Verdict.plain(kind, silent ? Outcome.UNKNOWN : Outcome.ALLOWED);
    }
}
