package io.meshtrail.source.hubble;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.ClaimedTime;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;

/// Flows that Hubble itself says it lost: a full ring of the kernel or of its own.
record LostEvents(Json record, Mask mask, Origin origin) {
    AuditEvent event() {
        Hints hints = origin.hints();
        Json lost = record.get("lost_events");
        MaskNotes notes = new MaskNotes();
        AuditEvent.Builder event =
                AuditEvent.builder().kind(Kind.GAP).outcome(Outcome.FAILED).reason(Reason.OTHER);
        Timestamp.parse(record.get("time").text().orElse(""))
                .ifPresentOrElse(
                        time -> ClaimedTime.set(event, time, hints.received()),
                        () -> ClaimedTime.unknown(event, hints.received()));
        String count = lost.get("num_events_lost").scalar().orElse("an unknown number");
        String source = lost.get("source").scalar().orElse("");
        event.text(Field.DETAIL, mask.text(count + " flows lost in " + source, "detail", notes))
                .attribute("lost", count)
                .text(Field.MESH, hints.mesh().orElse("cilium"))
                .text(Field.CLUSTER, hints.cluster().orElse(""))
                .text(
                        Field.OBSERVER_NAME,
                        hints.observer().orElse(record.get("node_name").text().orElse("")))
                .text(Field.OBSERVER_SIDE, "node")
                .text(Field.RAW, mask.json(record, "raw", notes).compact());
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }
}
