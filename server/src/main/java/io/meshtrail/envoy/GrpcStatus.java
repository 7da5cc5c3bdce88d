package io.meshtrail.envoy;

import java.util.List;
import java.util.Locale;

/// The status of a gRPC call: Envoy prints its name (`PermissionDenied`, `PERMISSION_DENIED`) or its number.
final class GrpcStatus {
    private static final List<String> NAMES = List.of(
            "ok",
            "canceled",
            "unknown",
            "invalidargument",
            "deadlineexceeded",
            "notfound",
            "alreadyexists",
            "permissiondenied",
            "resourceexhausted",
            "failedprecondition",
            "aborted",
            "outofrange",
            "unimplemented",
            "internal",
            "unavailable",
            "dataloss",
            "unauthenticated");

    private GrpcStatus() {}

    /// The number; -1 if it is none.
    static long number(String printed) {
        if (printed.matches("\\d{1,4}")) {
            return Long.parseLong(printed);
        }
        return NAMES.indexOf(printed.replace("_", "").toLowerCase(Locale.ROOT).replace("cancelled", "canceled"));
    }
}
