package io.meshtrail.source.istio;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Hints;
import java.util.List;
import java.util.Optional;

/// Judges one JSON value: a line of the access log, one of the agent, or something else.
final class AccessLine {
    /// Of these at least one must be there.
    private static final List<String> SIGNS =
            List.of("start_time", "response_code", "response_flags", "downstream_remote_address", "upstream_cluster");

    private final Mask mask;

    AccessLine(Mask mask) {
        this.mask = mask;
    }

    Decoded decode(Json record, byte[] identity, int number, Optional<String> damage, Hints hints) {
        if (!record.isObject()) {
            return new Decoded.Rejection(number, "not a JSON object");
        }
        if (SIGNS.stream().noneMatch(record.fields()::containsKey)) {
            boolean agent = record.fields().containsKey("level")
                    && (record.fields().containsKey("msg") || record.fields().containsKey("message"));
            return agent
                    ? new Decoded.Ignored("a diagnostic line of the agent")
                    : new Decoded.Rejection(number, "no access log: none of the keys " + String.join(", ", SIGNS));
        }
        MaskNotes notes = new MaskNotes();
        Json masked = mask.json(record, "raw", notes);
        return new Decoded.Event(new AccessFields(record, masked, mask, notes, hints).event(damage), identity);
    }
}
