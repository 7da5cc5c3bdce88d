package io.meshtrail.source;

import io.meshtrail.envoy.AccessRecord;
import io.meshtrail.envoy.Dialect;
import io.meshtrail.envoy.Side;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Makes events of the access log that an Envoy printed, for every source that has one: masks, fills in
/// what the sender knows, keeps the record as `raw`.
public final class EnvoyLog {
    /// What else a proxy prints: lines of the agent (`<time>\t<level>\t<scope>\t…`) and of Envoy itself
    /// (`[<time>][<thread>][<level>][<component>] …`).
    private static final Pattern DIAGNOSTIC = Pattern.compile(
            "(?:\\d{4}-\\d\\d-\\d\\dT\\S{1,40}\\s+(?:\\[)?(?:debug|info|warn|warning|error|fatal|critical|trace)\\]?\\s"
                    + "|\\[\\d{4}-\\d\\d-\\d\\d[^\\]]{1,40}\\]\\[\\d{1,9}\\]\\[\\w{1,16}\\]).*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final Mask mask;
    private final Dialect dialect;

    public EnvoyLog(Mask mask, Dialect dialect) {
        this.mask = mask;
        this.dialect = dialect;
    }

    /// Whether a line of text is none of the access log, but tells how the proxy fares.
    public static boolean isDiagnostic(String line) {
        return line.isEmpty() || DIAGNOSTIC.matcher(line).matches();
    }

    /// Judges a JSON value: a record of the access log, one of the agent, or something else.
    public Decoded json(Json record, Origin origin) {
        if (!record.isObject()) {
            return origin.rejected("not a JSON object");
        }
        Json named = dialect.named(record);
        Optional<String> complaint = AccessRecord.complaint(named);
        if (complaint.isPresent()) {
            return isAgent(record)
                    ? new Decoded.Ignored("a diagnostic line of the agent")
                    : origin.rejected(complaint.get());
        }
        return event(named, Optional.empty(), origin);
    }

    /// The event of a record that was read from a line of text.
    public Decoded text(Json record, String line, Origin origin) {
        return event(record, Optional.of(line), origin);
    }

    private Decoded event(Json record, Optional<String> line, Origin origin) {
        MaskNotes notes = new MaskNotes();
        Json masked = mask.json(record, "raw", notes);
        AuditEvent.Builder event = AuditEvent.builder();
        AccessRecord access = new AccessRecord(record, masked, mask, notes, dialect);
        Hints hints = origin.hints();
        OptionalLong start = Timestamp.parse(access.startTime());
        if (start.isPresent()) {
            ClaimedTime.set(event, start.getAsLong(), hints.received());
        } else {
            ClaimedTime.unknown(event, hints.received());
        }
        Side side = access.fill(event);
        event.text(Field.MESH, hints.mesh().orElse(dialect.mesh()))
                .text(Field.CLUSTER, hints.cluster().orElse(""));
        observer(event, hints, side);
        origin.damage().ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(
                Field.RAW,
                line.map(text -> new Json.Text(mask.text(text, "raw", notes)).compact())
                        .orElseGet(masked::compact));
        event.text(Field.MASKED, notes.value().orElse(""));
        return new Decoded.Event(event.build(), origin.identity());
    }

    /// Who wrote the line is not in it: the names of cluster and route tell the side, the hints the rest.
    private static void observer(AuditEvent.Builder event, Hints hints, Side side) {
        hints.observer().or(hints::workload).ifPresent(name -> event.text(Field.OBSERVER_NAME, name));
        String workload = hints.workload().orElse("");
        String namespace = hints.namespace().orElse("");
        if (side == Side.SERVER) {
            event.text(Field.DESTINATION_WORKLOAD, workload).text(Field.DESTINATION_NAMESPACE, namespace);
        } else if (side == Side.CLIENT) {
            event.text(Field.SOURCE_WORKLOAD, workload).text(Field.SOURCE_NAMESPACE, namespace);
        }
    }

    private static boolean isAgent(Json record) {
        boolean level = record.fields().containsKey("level") || record.fields().containsKey("@level");
        return level
                && (record.fields().containsKey("msg")
                        || record.fields().containsKey("message")
                        || record.fields().containsKey("@message"));
    }
}
