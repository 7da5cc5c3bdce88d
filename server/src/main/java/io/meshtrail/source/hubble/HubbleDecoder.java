package io.meshtrail.source.hubble;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads what Hubble's exporter writes, and what `hubble observe` prints as JSON.
public final class HubbleDecoder implements Decoder, Records.Reader {
    private static final List<String> OTHERS = List.of("node_status", "agent_event", "debug_event");

    private final Mask mask;

    public HubbleDecoder(Mask mask) {
        this.mask = mask;
    }

    @Override
    public String format() {
        return "hubble";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, this);
    }

    @Override
    public Decoded json(Json record, Origin origin) {
        if (!record.isObject()) {
            return origin.rejected("not a JSON object");
        }
        if (record.get("lost_events").isObject()) {
            return new Decoded.Event(new LostEvents(record, mask, origin).event(), origin.identity());
        }
        if (OTHERS.stream().anyMatch(record.fields()::containsKey)) {
            return new Decoded.Ignored("an event of Hubble that is no flow");
        }
        Json flow = flow(record);
        if (!flow.fields().containsKey("verdict")) {
            return origin.rejected("no flow of Hubble: it has no verdict");
        }
        Verdict verdict = Verdict.of(flow);
        if (verdict.isOfAnswer()) {
            return new Decoded.Ignored("a packet of an answer that was let through");
        }
        return new Decoded.Event(new FlowFields(record, flow, verdict, mask, origin).event(), origin.identity());
    }

    /// The flow itself: older versions of `hubble observe -o json` print it without the wrapper.
    static Json flow(Json record) {
        return record.get("flow").isObject() ? record.get("flow") : record;
    }

    @Override
    public Decoded text(String line, Origin origin) {
        return line.isEmpty() ? new Decoded.Ignored("an empty line") : origin.rejected("not a JSON object");
    }
}
