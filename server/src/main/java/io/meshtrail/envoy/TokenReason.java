package io.meshtrail.envoy;

import io.meshtrail.event.Reason;

/// Why Envoy's JWT filter refused a token, from the status inside `jwt_authn_access_denied{…}`. The list of
/// statuses is open: an unknown one is an invalid token.
final class TokenReason {
    private TokenReason() {}

    static Reason of(String status) {
        return switch (status.replace(' ', '_')) {
            case "Jwt_is_missing" -> Reason.TOKEN_MISSING;
            case "Jwt_is_expired" -> Reason.TOKEN_EXPIRED;
            case "Jwt_not_yet_valid" -> Reason.TOKEN_NOT_YET_VALID;
            case "Audiences_in_Jwt_are_not_allowed" -> Reason.TOKEN_WRONG_AUDIENCE;
            case "Jwt_issuer_is_not_configured" -> Reason.TOKEN_WRONG_ISSUER;
            default ->
                // A key id that the set does not know is the token's fault; all else about the set is the
                // set's.
                status.startsWith("Jwks") && !status.contains("have")
                        ? Reason.TOKEN_KEYS_UNAVAILABLE
                        : Reason.TOKEN_INVALID;
        };
    }
}
