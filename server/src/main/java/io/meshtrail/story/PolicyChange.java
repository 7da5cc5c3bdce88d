package io.meshtrail.story;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.query.Hit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The last change of a policy that was seen before an event.
///
/// @param hit the change
/// @param subject what was changed, in words
/// @param before nanoseconds between the change and the event
record PolicyChange(Hit hit, String subject, long before) {
    /// How long a change may need to reach every proxy, in nanoseconds: longer than Istio's usual push.
    private static final long SPREADING = 10_000_000_000L;

    private static final List<Field> SHOWN = List.of(Field.USER_ID, Field.CHANGE_VERB, Field.CHANGE_SUMMARY);

    SequencedMap<String, String> toMap() {
        AuditEvent change = hit.event();
        SequencedMap<String, String> map = new LinkedHashMap<>();
        map.put("address", hit.address().toString());
        map.put("time", Timestamp.print(EventTime.of(change)));
        for (Field field : SHOWN) {
            change.text(field).ifPresent(text -> map.put(field.key(), text));
        }
        map.put("basis", basis());
        map.put("uncertainty", uncertainty());
        return map;
    }

    String basis() {
        return "last change of " + subject + " seen " + inWords(before) + " before";
    }

    String uncertainty() {
        String clocks = "the two times come from different clocks";
        return before < SPREADING ? clocks + ", and the change may not have reached the proxy yet" : clocks;
    }

    /// A duration in its largest whole unit, `4 s`.
    static String inWords(long nanos) {
        if (nanos < 1_000_000_000L) {
            return nanos / 1_000_000 + " ms";
        }
        long seconds = nanos / 1_000_000_000L;
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }
}
