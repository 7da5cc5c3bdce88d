package io.meshtrail.index;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.List;
import java.util.Map;

/// About how many bytes of heap events hold: back-pressure counts bytes, since a hostile event is a hundred
/// times as large as an ordinary one.
final class EventWeight {
    private static final Field[] FIELDS = Field.values();

    /// An event without any text: its arrays and objects.
    private static final int EMPTY = 512;

    private static final int OBJECT = 48;

    private EventWeight() {}

    static long of(List<AuditEvent> events) {
        long bytes = 0;
        for (AuditEvent event : events) {
            bytes += of(event);
        }
        return bytes;
    }

    private static long of(AuditEvent event) {
        long bytes = EMPTY;
        for (Field field : FIELDS) {
            Object value = event.get(field);
            if (value instanceof String text) {
                bytes += OBJECT + text.length();
            } else if (value instanceof List<?> texts) {
                for (Object text : texts) {
                    bytes += OBJECT + text.toString().length();
                }
            }
        }
        for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
            bytes += 2 * OBJECT
                    + attribute.getKey().length()
                    + attribute.getValue().length();
        }
        return bytes;
    }
}
