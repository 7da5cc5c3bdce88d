package io.meshtrail.source;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;

/// Event time is a claim. One that cannot be (over 24 hours ahead of us, or before 2000) is kept as
/// `attributes.claimed_time`, and `time` is when we received it.
public final class ClaimedTime {
    private static final long DAY = 86_400_000_000_000L;
    private static final long YEAR_2000 = 946_684_800_000_000_000L;

    private ClaimedTime() {}

    /// Sets `time` from a claim in nanoseconds since 1970.
    public static void set(AuditEvent.Builder event, long claimed, long received) {
        if (claimed < YEAR_2000 || claimed > received + DAY) {
            event.attribute("claimed_time", Timestamp.print(claimed));
            event.number(Field.TIME, received);
        } else {
            event.number(Field.TIME, claimed);
        }
    }

    /// Sets `time` to `received` because the record knows none, and says so.
    public static void unknown(AuditEvent.Builder event, long received) {
        event.attribute("time_basis", "received");
        event.number(Field.TIME, received);
    }
}
