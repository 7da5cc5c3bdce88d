package io.meshtrail.source.consul;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/// How Consul's API answered, as outcome and reason.
record ApiAnswer(Outcome outcome, Optional<Reason> reason) {
    static ApiAnswer of(OptionalLong status, Kind kind) {
        if (status.isEmpty()) {
            return new ApiAnswer(Outcome.UNKNOWN, Optional.empty());
        }
        long code = status.getAsLong();
        if (code < 400) {
            return new ApiAnswer(kind == Kind.API_CALL ? Outcome.ALLOWED : Outcome.CHANGED, Optional.empty());
        }
        if (code == 401 || code == 403) {
            Reason reason = code == 401 ? Reason.UNAUTHENTICATED : Reason.FORBIDDEN;
            return new ApiAnswer(Outcome.DENIED, Optional.of(reason));
        }
        return new ApiAnswer(Outcome.FAILED, Optional.of(reason(code)));
    }

    private static Reason reason(long code) {
        if (code >= 500) {
            return Reason.SERVER_ERROR;
        }
        return switch ((int) code) {
            case 404, 410 -> Reason.NOT_FOUND;
            case 409 -> Reason.CONFLICT;
            case 400, 405, 406, 413, 415, 422 -> Reason.INVALID;
            case 429 -> Reason.THROTTLED;
            default -> Reason.OTHER;
        };
    }
}
