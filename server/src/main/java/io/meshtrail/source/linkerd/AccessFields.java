package io.meshtrail.source.linkerd;

import io.meshtrail.envoy.HostPort;
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
import io.meshtrail.source.Utf8;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Fills the fields of one event from one line of the access log, which the proxy at the server writes.
///
/// The log shows the status alone, never who gave it: a 403 may be the application's or the proxy's.
/// Where both answer so, the outcome is unknown, and the line `Request denied` of the other log tells.
final class AccessFields {
    /// What the proxy itself answers when it refuses or fails, and applications too.
    private static final Set<Long> OF_EITHER = Set.of(403L, 429L, 502L, 503L, 504L);

    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{16}(?:[0-9a-f]{16})?");

    private final Json record;
    private final Json masked;
    private final Mask mask;
    private final Origin origin;
    private final MaskNotes notes = new MaskNotes();
    private final AuditEvent.Builder event = AuditEvent.builder();

    AccessFields(AccessLine line, Mask mask, Origin origin) {
        this.record = line.record();
        this.mask = mask;
        this.origin = origin;
        this.masked = mask.json(record, "raw", notes);
    }

    AuditEvent event(Optional<String> text) {
        Hints hints = origin.hints();
        OptionalLong time = Timestamp.parse(word("timestamp"));
        time.ifPresentOrElse(
                claimed -> ClaimedTime.set(event, claimed, hints.received()),
                () -> ClaimedTime.unknown(event, hints.received()));
        judged();
        request();
        client();
        event.text(Field.MESH, hints.mesh().orElse("linkerd"))
                .text(Field.CLUSTER, hints.cluster().orElse(""))
                .text(Field.OBSERVER_NAME, hints.observer().or(hints::workload).orElse(""))
                .text(Field.OBSERVER_SIDE, "server")
                .text(Field.DESTINATION_WORKLOAD, hints.workload().orElse(""))
                .text(Field.DESTINATION_NAMESPACE, hints.namespace().orElse(""));
        origin.damage().ifPresent(bytes -> event.attribute(Utf8.ATTRIBUTE, bytes));
        event.text(
                Field.RAW,
                text.map(line -> new Json.Text(mask.text(line, "raw", notes)).compact())
                        .orElseGet(masked::compact));
        return event.text(Field.MASKED, notes.value().orElse("")).build();
    }

    private void judged() {
        event.kind(Kind.REQUEST);
        long status = number("status");
        if (status < 0) {
            event.outcome(Outcome.FAILED).reason(Reason.OTHER).text(Field.DETAIL, "no response");
            return;
        }
        event.number(Field.HTTP_STATUS, status);
        if (OF_EITHER.contains(status)) {
            event.outcome(Outcome.UNKNOWN).attribute("answered_by", "proxy or application");
            return;
        }
        event.outcome(Outcome.ALLOWED);
        if (status == 401) {
            event.reason(Reason.APPLICATION_REFUSED);
        }
    }

    private void request() {
        // The target is read from the unmasked record, so that masking can name its parameters.
        RequestTarget target = RequestTarget.of(record.get("uri").scalar().orElse(""));
        String host = word("host").isEmpty() ? target.authority() : word("host");
        event.text(Field.HTTP_METHOD, word("method"))
                .text(Field.HTTP_HOST, mask.text(host, "http.host", notes))
                .text(Field.HTTP_PATH, mask.text(target.path(), "http.path", notes))
                .text(Field.HTTP_QUERY, mask.query(target.query(), notes))
                .text(Field.HTTP_PROTOCOL, word("version"))
                .text(Field.USER_AGENT, word("user_agent"))
                .number(Field.BYTES_IN, number("request_bytes"))
                .number(Field.BYTES_OUT, number("response_bytes"))
                .number(Field.DURATION, number("total_ns"))
                .attribute("processing_ns", word("processing_ns").isEmpty() ? null : word("processing_ns"));
        // It holds the first of a B3 id, a request id and an id of AWS.
        String trace = word("trace_id");
        event.text(TRACE.matcher(trace).matches() ? Field.TRACE_ID : Field.REQUEST_ID, trace);
    }

    private void client() {
        HostPort client = HostPort.of(word("client.addr"));
        Identity identity = new Identity(word("client.id"));
        event.text(Field.SOURCE_ADDRESS, client.address())
                .number(Field.SOURCE_PORT, client.port())
                .text(Field.SOURCE_IDENTITY, identity.name())
                .text(Field.SOURCE_NAMESPACE, identity.namespace())
                .text(Field.SOURCE_VERIFIED, identity.name().isEmpty() ? "none" : "mtls");
    }

    private String word(String key) {
        String text = masked.get(key).scalar().orElse("");
        return text.equals("-") ? "" : text;
    }

    private long number(String key) {
        return masked.get(key).whole().orElse(-1);
    }
}
