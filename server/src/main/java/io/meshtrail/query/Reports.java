package io.meshtrail.query;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.List;
import java.util.Optional;

/// When two events report one call. A call has one `request.id`, but a chain of calls may share it, so the
/// two must also agree on both ends as far as both know them.
public final class Reports {
    /// How far apart in time the reports of one call may be, in nanoseconds.
    public static final long APART = 60_000_000_000L;

    private static final List<String> NEARNESS = List.of("client", "gateway", "waypoint", "server");

    private Reports() {}

    public static boolean areOfOneCall(AuditEvent a, AuditEvent b) {
        Optional<String> request = a.text(Field.REQUEST_ID);
        return request.isPresent()
                && request.equals(b.text(Field.REQUEST_ID))
                && agree(Field.SOURCE_IDENTITY, a, b)
                && agree(Field.DESTINATION_IDENTITY, a, b);
    }

    /// Whether `b` is to be counted in place of `a`: it reports the same call from nearer to the callee.
    /// That is `server` before `waypoint` before `gateway` before `client`; other observers neither replace
    /// nor are replaced.
    public static boolean replaces(AuditEvent a, AuditEvent b) {
        int near = nearness(a);
        return near >= 0 && nearness(b) > near && areOfOneCall(a, b);
    }

    private static int nearness(AuditEvent event) {
        return event.text(Field.OBSERVER_SIDE).map(NEARNESS::indexOf).orElse(-1);
    }

    private static boolean agree(Field end, AuditEvent a, AuditEvent b) {
        Optional<String> one = a.text(end);
        Optional<String> other = b.text(end);
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
