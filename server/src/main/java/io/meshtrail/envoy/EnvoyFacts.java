package io.meshtrail.envoy;

import java.util.Optional;

/// What an Envoy says about a request or connection, as far as it bears on the verdict. A text that is not
/// there
/// is empty.
///
/// @param isConnection whether there was no request, only a connection
/// @param told what this log can tell at all
/// @param status of the response; 0 if there was none
/// @param flags as in [ResponseFlags]
/// @param details `response_code_details`
/// @param termination `connection_termination_details`
/// @param upstreamFailure `upstream_transport_failure_reason`
/// @param downstreamFailure `downstream_transport_failure_reason`
/// @param cluster the name of the chosen cluster
/// @param route the name of the chosen route
/// @param hasHost whether a host of the upstream was chosen
/// @param deniedBy if the RBAC filter's metadata says that it denied: the id of the policy, empty if none
///     matched
public record EnvoyFacts(
        boolean isConnection,
        Told told,
        long status,
        long flags,
        String details,
        String termination,
        String upstreamFailure,
        String downstreamFailure,
        String cluster,
        String route,
        boolean hasHost,
        Optional<String> deniedBy) {
    /// What a log can tell.
    public enum Told {
        /// How it ended, with the reason if a handshake failed.
        END,
        /// How it ended; a failed handshake looks like a connection that went well.
        END_WITHOUT_HANDSHAKES,
        /// Only that it began.
        BEGIN
    }

    /// The texts that a verdict can quote.
    public enum Words {
        NONE,
        DETAILS,
        TERMINATION,
        UPSTREAM_FAILURE,
        DOWNSTREAM_FAILURE
    }

    /// The text that a verdict quotes.
    public String words(Words words) {
        return switch (words) {
            case NONE -> "";
            case DETAILS -> details;
            case TERMINATION -> termination;
            case UPSTREAM_FAILURE -> upstreamFailure;
            case DOWNSTREAM_FAILURE -> downstreamFailure;
        };
    }

    /// What the proxy says of the end: the first of details, termination and upstream failure that is there.
    Words said() {
        if (!details.isEmpty()) {
            return Words.DETAILS;
        }
        if (!termination.isEmpty()) {
            return Words.TERMINATION;
        }
        return upstreamFailure.isEmpty() ? Words.NONE : Words.UPSTREAM_FAILURE;
    }

    /// Whether one of these flags is set.
    boolean hasAny(long asked) {
        return (flags & asked) != 0;
    }

    /// Whether the answer came from the upstream.
    boolean isPassedThrough() {
        return details.equals("via_upstream");
    }
}
