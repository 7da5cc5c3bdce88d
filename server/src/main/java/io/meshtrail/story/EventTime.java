package io.meshtrail.story;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.OptionalLong;

/// When an event happened, else when we heard of it, in nanoseconds since 1970.
final class EventTime {
    private EventTime() {}

    static long of(AuditEvent event) {
        OptionalLong time = event.number(Field.TIME);
        return time.isPresent()
                ? time.getAsLong()
                : event.number(Field.RECEIVED).orElse(0);
    }
}
