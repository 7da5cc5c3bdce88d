package io.meshtrail.envoy;

import static io.meshtrail.envoy.EnvoyVerdict.allowed;
import static io.meshtrail.envoy.EnvoyVerdict.denied;
import static io.meshtrail.envoy.EnvoyVerdict.failed;
import static io.meshtrail.envoy.EnvoyVerdict.kind;
import static io.meshtrail.envoy.EnvoyVerdict.unknown;

import io.meshtrail.envoy.EnvoyFacts.Told;
import io.meshtrail.envoy.EnvoyFacts.Words;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Reason;
import java.util.Optional;

/// How it ended when nobody denied it: it failed, or it went well.
final class Ending {
    private static final long UPSTREAM_FAILED = ResponseFlags.UPSTREAM_CONNECTION_FAILURE
            | ResponseFlags.NO_HEALTHY_UPSTREAM
            | ResponseFlags.RETRIES_EXHAUSTED
            | ResponseFlags.UPSTREAM_TERMINATION
            | ResponseFlags.UPSTREAM_REMOTE_RESET;

    private static final long CLIENT_LEFT = ResponseFlags.DOWNSTREAM_TERMINATION | ResponseFlags.DOWNSTREAM_RESET;

    private Ending() {}

    static EnvoyVerdict of(EnvoyFacts facts) {
        boolean upstreamFailed = upstreamFailed(facts);
        if (upstreamFailed && TlsFailure.isTls(facts.upstreamFailure())) {
            return failed(kind(facts), Reason.UPSTREAM_TLS_FAILED, Words.UPSTREAM_FAILURE);
        }
        Optional<Reason> byFlags = facts.flags() == 0 ? Optional.empty() : FailureReason.byFlags(facts.flags());
        if (byFlags.isPresent()) {
            return failed(kind(facts), byFlags.get(), facts.said());
        }
        if (upstreamFailed) {
            return failed(kind(facts), Reason.UPSTREAM_UNREACHABLE, facts.said());
        }
        if (facts.isConnection() && facts.status() == 0) {
            return connection(facts);
        }
        return facts.isPassedThrough() ? answered(facts) : notFromUpstream(facts);
    }

    /// A retry may have succeeded after a failure; then the text is there and the failure is not. Some formats
    /// have no flags: there the status has to tell.
    private static boolean upstreamFailed(EnvoyFacts facts) {
        if (facts.upstreamFailure().isEmpty()) {
            return false;
        }
        if (facts.flags() != 0 || facts.isPassedThrough()) {
            return facts.hasAny(UPSTREAM_FAILED);
        }
        return facts.status() == 0 || (facts.status() >= 500 && facts.details().isEmpty());
    }

    private static EnvoyVerdict connection(EnvoyFacts facts) {
        if (facts.hasAny(CLIENT_LEFT)) {
            return failed(Kind.CONNECTION, Reason.CLIENT_DISCONNECTED, facts.said());
        }
        boolean open = facts.told() == Told.BEGIN || (facts.told() == Told.END_WITHOUT_HANDSHAKES && isSilent(facts));
        return open ? unknown(Kind.CONNECTION, facts.said()) : allowed(Kind.CONNECTION, Optional.empty(), facts.said());
    }

    /// A listener's own line: neither an upstream nor words. The handshake may have been good or not.
    private static boolean isSilent(EnvoyFacts facts) {
        return facts.cluster().isEmpty() && !facts.hasHost() && facts.said() == Words.NONE;
    }

    /// A response of the upstream reached the proxy.
    private static EnvoyVerdict answered(EnvoyFacts facts) {
        Optional<Reason> reason = Optional.empty();
        if (facts.status() == 401 || facts.status() == 403) {
            reason = Optional.of(Reason.APPLICATION_REFUSED);
        } else if (facts.hasAny(CLIENT_LEFT)) {
            reason = Optional.of(Reason.CLIENT_DISCONNECTED);
        } else if (facts.hasAny(ResponseFlags.DELAY_INJECTED)) {
            reason = Optional.of(Reason.FAULT_INJECTED);
        }
        return allowed(kind(facts), reason, facts.said());
    }

    private static EnvoyVerdict notFromUpstream(EnvoyFacts facts) {
        String details = facts.details();
        boolean gone = facts.hasAny(CLIENT_LEFT) || details.startsWith("downstream_");
        if (facts.status() == 0) {
            return facts.told() == Told.BEGIN && !gone
                    ? unknown(kind(facts), facts.said())
                    : failed(kind(facts), byWords(facts).orElse(Reason.CLIENT_DISCONNECTED), facts.said());
        }
        boolean headWasSent = details.equals("downstream_remote_disconnect") || (gone && details.isEmpty());
        boolean olderEnvoy = details.isEmpty() && (facts.hasHost() || facts.status() < 400);
        if (headWasSent || olderEnvoy) {
            return answered(facts);
        }
        if (facts.status() == 401 || facts.status() == 403) {
            Reason reason = facts.status() == 401 ? Reason.UNAUTHENTICATED : Reason.FORBIDDEN;
            return denied(kind(facts), reason, facts.said());
        }
        Optional<Reason> byWords = byWords(facts);
        if (byWords.isPresent()) {
            return failed(kind(facts), byWords.get(), facts.said());
        }
        // The proxy answered by itself: a configured response below 500 is an answer like any other.
        boolean configured = facts.status() < 400 || details.equals("direct_response");
        return configured && facts.status() < 500
                ? allowed(kind(facts), Optional.empty(), facts.said())
                : failed(kind(facts), Reason.OTHER, facts.said());
    }

    private static Optional<Reason> byWords(EnvoyFacts facts) {
        return FailureReason.byDetails(facts.words(facts.said()));
    }
}
