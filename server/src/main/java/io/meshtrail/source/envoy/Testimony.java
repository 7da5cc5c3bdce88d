package io.meshtrail.source.envoy;

import io.meshtrail.envoy.EnvoyFacts;
import io.meshtrail.envoy.EnvoyFacts.Told;
import io.meshtrail.envoy.EnvoyFacts.Words;
import io.meshtrail.envoy.EnvoyVerdict;
import io.meshtrail.protobuf.Span;
import java.util.Optional;

/// What an entry says of its end: the texts on which it is judged, and the places of those that are quoted.
/// Texts
/// that recur are not decoded again.
final class Testimony {
    private static final int TCP_CONNECTION_START = 14;
    private static final int DOWNSTREAM_START = 4;
    private static final String VIA_UPSTREAM = "via_upstream";

    private final EntryFacts facts;
    private final TextCache texts;

    Testimony(EntryFacts facts, TextCache texts) {
        this.facts = facts;
        this.texts = texts;
    }

    /// @param cluster the name of the chosen cluster, and
    /// @param route that of the route, which the caller has as texts already
    EnvoyFacts facts(String cluster, String route) {
        boolean begun = facts.logType == TCP_CONNECTION_START || facts.logType == DOWNSTREAM_START;
        return new EnvoyFacts(
                facts.isConnection(),
                begun ? Told.BEGIN : Told.END,
                facts.status,
                facts.flags,
                details(),
                look(facts.termination),
                look(facts.upstreamFailure),
                look(facts.downstreamFailure),
                cluster,
                route,
                facts.upstream.host != Span.NONE,
                deniedBy());
    }

    /// Where the words stand.
    long place(Words words) {
        return switch (words) {
            case NONE -> Span.NONE;
            case DETAILS -> facts.details;
            case TERMINATION -> facts.termination;
            case UPSTREAM_FAILURE -> facts.upstreamFailure;
            case DOWNSTREAM_FAILURE -> facts.downstreamFailure;
        };
    }

    /// Where the id of the policy stands that denied: in brackets in the words, or in the metadata. The texts
    /// on
    /// which is judged have a character for each byte.
    long policy(EnvoyVerdict verdict) {
        int length = verdict.policy().length();
        if (length == 0) {
            return Span.NONE;
        }
        long words = place(verdict.words());
        return words == Span.NONE
                ? facts.rbac().enforced.id
                : Span.of(Span.from(words) + Span.indexOf(facts.bytes, words, '[') + 1, length);
    }

    /// Nearly all entries say the same here.
    private String details() {
        return Span.is(facts.bytes, facts.details, VIA_UPSTREAM) ? VIA_UPSTREAM : look(facts.details);
    }

    private Optional<String> deniedBy() {
        RbacFacts.Decision enforced = facts.rbac().enforced;
        return enforced.denied ? Optional.of(look(enforced.id)) : Optional.empty();
    }

    private String look(long span) {
        return span == Span.NONE ? "" : texts.look(facts.bytes, span);
    }
}
