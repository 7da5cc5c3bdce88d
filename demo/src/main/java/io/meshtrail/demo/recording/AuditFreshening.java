package io.meshtrail.demo.recording;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Makes a recorded `EventList` new: times and resource versions move, each request gets an id of its own.
final class AuditFreshening {
    private static final Pattern TIME =
            Pattern.compile("\"(requestReceivedTimestamp|stageTimestamp|creationTimestamp)\":\"([0-9T:.-]+Z)\"");
    private static final Pattern REVISION = Pattern.compile("\"resourceVersion\":\"(\\d{13})\"");
    private static final Pattern AUDIT_ID = Pattern.compile("\"auditID\":\"[^\"]*\"");

    private AuditFreshening() {}

    static String apply(byte[] body, Duration shift) {
        String text = new String(body, StandardCharsets.UTF_8);
        text = TIME.matcher(text).replaceAll(found -> "\"" + found.group(1) + "\":\"" + moved(found, shift) + "\"");
        text = REVISION.matcher(text)
                .replaceAll(
                        found -> "\"resourceVersion\":\"" + (Long.parseLong(found.group(1)) + shift.toMillis()) + "\"");
        return AUDIT_ID.matcher(text).replaceAll(found -> "\"auditID\":\"" + UUID.randomUUID() + "\"");
    }

    /// The digits after the point stay as many as they were: whole seconds are added.
    private static String moved(MatchResult found, Duration shift) {
        String old = found.group(2);
        int point = old.indexOf('.');
        Instant time = Instant.parse(point < 0 ? old : old.substring(0, point) + "Z");
        return time.plusSeconds(shift.toSeconds()).toString().replace("Z", point < 0 ? "Z" : old.substring(point));
    }
}
