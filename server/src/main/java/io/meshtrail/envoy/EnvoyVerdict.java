package io.meshtrail.envoy;

import io.meshtrail.envoy.EnvoyFacts.Words;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import java.util.Optional;

/// What [EnvoyFacts] amount to.
///
/// @param reason empty if it went well
/// @param words which of the proxy's words led to it
/// @param isByPolicy whether an RBAC filter denied it
/// @param policy the id of the policy that denied, for [PolicyId]; empty if none of the policies matched
public record EnvoyVerdict(
        Kind kind, Outcome outcome, Optional<Reason> reason, Words words, boolean isByPolicy, String policy) {
    private static final String HANDSHAKE_TIMEOUT = "transport socket timeout was reached";

    /// The first row of the table that fits: a failed handshake, a denial, a failure, else it went well.
    public static EnvoyVerdict of(EnvoyFacts facts) {
        if (!facts.downstreamFailure().isEmpty()) {
            Reason reason = TlsFailure.reason(facts.downstreamFailure());
            return failed(Kind.HANDSHAKE, reason, Words.DOWNSTREAM_FAILURE);
        }
        if (facts.termination().startsWith("transport")
                && facts.termination().replace('_', ' ').equals(HANDSHAKE_TIMEOUT)) {
            return failed(Kind.HANDSHAKE, Reason.HANDSHAKE_TIMEOUT, Words.TERMINATION);
        }
        Optional<EnvoyVerdict> denial = Denial.of(facts);
        return denial.isPresent() ? denial.get() : Ending.of(facts);
    }

    /// The value of `policy.action`; empty if no policy denied.
    public String policyAction() {
        if (!isByPolicy) {
            return "";
        }
        return policy.isEmpty() ? "default_deny" : "deny";
    }

    /// Whether it has this reason.
    public boolean isFor(Reason asked) {
        return reason.isPresent() && reason.get() == asked;
    }

    static EnvoyVerdict denied(Kind kind, Reason reason, Words words) {
        return new EnvoyVerdict(kind, Outcome.DENIED, Optional.of(reason), words, false, "");
    }

    static EnvoyVerdict deniedByPolicy(Kind kind, Reason reason, Words words, String policy) {
        return new EnvoyVerdict(kind, Outcome.DENIED, Optional.of(reason), words, true, policy);
    }

    static EnvoyVerdict failed(Kind kind, Reason reason, Words words) {
        return new EnvoyVerdict(kind, Outcome.FAILED, Optional.of(reason), words, false, "");
    }

    static EnvoyVerdict allowed(Kind kind, Optional<Reason> reason, Words words) {
        return new EnvoyVerdict(kind, Outcome.ALLOWED, reason, words, false, "");
    }

    static EnvoyVerdict unknown(Kind kind, Words words) {
        return new EnvoyVerdict(kind, Outcome.UNKNOWN, Optional.empty(), words, false, "");
    }

    static Kind kind(EnvoyFacts facts) {
        return facts.isConnection() ? Kind.CONNECTION : Kind.REQUEST;
    }
}
