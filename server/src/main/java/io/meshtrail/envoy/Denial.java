package io.meshtrail.envoy;

import static io.meshtrail.envoy.EnvoyVerdict.denied;
import static io.meshtrail.envoy.EnvoyVerdict.deniedByPolicy;
import static io.meshtrail.envoy.EnvoyVerdict.kind;

import io.meshtrail.envoy.EnvoyFacts.Words;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Reason;
import java.util.Optional;

/// Who said no: the listener, a policy, the token filter, an outside judge, the registry.
final class Denial {
    private static final String RBAC = "rbac_access_denied_matched_policy[";
    private static final String JWT = "jwt_authn_access_denied{";
    private static final String NO_FILTER_CHAIN = "filter_chain_not_found";
    private static final int FORBIDDEN = 403;

    private Denial() {}

    /// Empty if nobody did.
    static Optional<EnvoyVerdict> of(EnvoyFacts facts) {
        if (isWithoutFilterChain(facts)) {
            return Optional.of(denied(Kind.CONNECTION, Reason.NO_FILTER_CHAIN, facts.said()));
        }
        if (facts.termination().startsWith(RBAC)) {
            return Optional.of(byPolicy(Kind.CONNECTION, facts.termination(), Words.TERMINATION));
        }
        if (facts.isPassedThrough()) {
            return Optional.empty();
        }
        if (isDeniedByMetadata(facts)) {
            String policy = facts.deniedBy().orElse("");
            return Optional.of(byPolicyId(kind(facts), policy, Words.NONE));
        }
        if (facts.details().startsWith(JWT)) {
            Reason reason = TokenReason.of(inside(facts.details(), JWT, '}'));
            return Optional.of(denied(Kind.TOKEN, reason, Words.DETAILS));
        }
        if (facts.details().startsWith(RBAC)) {
            return Optional.of(byPolicy(kind(facts), facts.details(), Words.DETAILS));
        }
        return byOthers(facts);
    }

    /// On a connection the flag alone says so, unless the details speak of routes.
    private static boolean isWithoutFilterChain(EnvoyFacts facts) {
        return facts.details().startsWith(NO_FILTER_CHAIN)
                || facts.termination().startsWith(NO_FILTER_CHAIN)
                || (facts.isConnection()
                        && facts.hasAny(ResponseFlags.NO_ROUTE)
                        && !facts.details().startsWith("route_not_found"));
    }

    /// Older Envoys and some loggers leave out the details; the RBAC filter's metadata is there all the same.
    private static boolean isDeniedByMetadata(EnvoyFacts facts) {
        return facts.deniedBy().isPresent()
                && facts.details().isEmpty()
                && facts.termination().isEmpty()
                && (facts.isConnection() || facts.status() == FORBIDDEN);
    }

    private static Optional<EnvoyVerdict> byOthers(EnvoyFacts facts) {
        Words said = facts.said() == Words.UPSTREAM_FAILURE ? Words.NONE : facts.said();
        String words = facts.words(said);
        if (words.startsWith("ext_authz_error")) {
            return Optional.of(denied(kind(facts), Reason.EXT_AUTHZ_FAILED, said));
        }
        if (facts.hasAny(ResponseFlags.UNAUTHORIZED) || words.startsWith("ext_authz_denied")) {
            return Optional.of(denied(kind(facts), Reason.EXT_AUTHZ_DENIED, said));
        }
        if (facts.hasAny(ResponseFlags.RATE_LIMIT_ERROR) || words.startsWith("rate_limiter_error")) {
            return Optional.of(denied(kind(facts), Reason.RATE_LIMIT_FAILED, said));
        }
        if (facts.hasAny(ResponseFlags.RATE_LIMITED) || words.endsWith("rate_limited")) {
            return Optional.of(denied(kind(facts), Reason.RATE_LIMITED, said));
        }
        // Istio's words for "the registry does not know this destination and outboundTrafficPolicy forbids it".
        if (facts.cluster().equals("BlackHoleCluster") || facts.route().equals("block_all")) {
            return Optional.of(denied(kind(facts), Reason.NO_ROUTE, said));
        }
        return Optional.empty();
    }

    private static EnvoyVerdict byPolicy(Kind kind, String text, Words words) {
        return byPolicyId(kind, inside(text, RBAC, ']'), words);
    }

    private static EnvoyVerdict byPolicyId(Kind kind, String id, Words words) {
        if (id.isEmpty() || id.equals("none")) {
            return deniedByPolicy(kind, Reason.NO_POLICY_MATCHED, words, "");
        }
        if (PolicyId.isCustom(id)) {
            Reason reason = PolicyId.isBroken(id) ? Reason.EXT_AUTHZ_FAILED : Reason.EXT_AUTHZ_DENIED;
            return deniedByPolicy(kind, reason, words, id);
        }
        return deniedByPolicy(kind, Reason.POLICY_DENIED, words, id);
    }

    /// What stands behind a start and before the last closing mark.
    private static String inside(String text, String start, char mark) {
        int end = text.lastIndexOf(mark);
        return end >= start.length() ? text.substring(start.length(), end) : text.substring(start.length());
    }
}
