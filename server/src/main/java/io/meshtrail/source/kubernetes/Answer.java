package io.meshtrail.source.kubernetes;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.json.Json;
import java.util.Optional;

/// How the API server answered, as outcome and reason.
record Answer(Outcome outcome, Optional<Reason> reason) {
    static Answer of(Json item, Call call) {
        if (item.get("stage").text().orElse("").equals("Panic")) {
            return failed(Reason.SERVER_ERROR);
        }
        Json status = item.get("responseStatus");
        long code = status.get("code").whole().orElse(0);
        if (code == 0) {
            return withoutCode(status.get("status").text().orElse(""), call);
        }
        if (code < 400) {
            return success(call);
        }
        if (code == 401) {
            return denied(Reason.UNAUTHENTICATED);
        }
        String message = status.get("message").text().orElse("");
        if (code < 500 && isAdmission(message)) {
            return denied(Reason.ADMISSION_DENIED);
        }
        if (code == 403) {
            return denied(isAuthorized(item) ? Reason.ADMISSION_DENIED : Reason.FORBIDDEN);
        }
        return failed(reason(code));
    }

    private static Answer withoutCode(String status, Call call) {
        return switch (status) {
            case "Success" -> success(call);
            case "Failure" -> failed(Reason.OTHER);
            default -> new Answer(Outcome.UNKNOWN, Optional.empty());
        };
    }

    private static Answer success(Call call) {
        if (call.kind() == Kind.API_CALL) {
            return new Answer(Outcome.ALLOWED, Optional.empty());
        }
        return call.isDryRun()
                ? new Answer(Outcome.ALLOWED, Optional.of(Reason.DRY_RUN))
                : new Answer(Outcome.CHANGED, Optional.empty());
    }

    /// A webhook chooses the code of its refusal, so its words tell.
    private static boolean isAdmission(String message) {
        return message.startsWith("admission webhook \"")
                || message.contains("AdmissionPolicy '")
                || message.contains("violates PodSecurity \"");
    }

    /// Forbidden though the authorizer allowed it: then admission refused it (a quota, a plugin).
    private static boolean isAuthorized(Json item) {
        return item.get("annotations")
                .get("authorization.k8s.io/decision")
                .text()
                .orElse("")
                .equals("allow");
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

    private static Answer denied(Reason reason) {
        return new Answer(Outcome.DENIED, Optional.of(reason));
    }

    private static Answer failed(Reason reason) {
        return new Answer(Outcome.FAILED, Optional.of(reason));
    }
}
