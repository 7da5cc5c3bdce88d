package io.meshtrail.source.istio;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import java.util.Optional;

/// What [Facts] mean.
///
/// @param reason empty if it went well
/// @param policy the policy that decided, if one is named
/// @param isDefaultDeny whether policies exist and none allowed it
/// @param words the proxy's words that decided; empty if none did
record Verdict(
        Kind kind,
        Outcome outcome,
        Optional<Reason> reason,
        Optional<PolicyId> policy,
        boolean isDefaultDeny,
        String words) {
    static Verdict of(Kind kind, Outcome outcome, Reason reason, String words) {
        return new Verdict(kind, outcome, Optional.of(reason), Optional.empty(), false, words);
    }

    static Verdict plain(Kind kind, Outcome outcome) {
        return new Verdict(kind, outcome, Optional.empty(), Optional.empty(), false, "");
    }
}
