package io.meshtrail.source.consul;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads the audit log of Consul Enterprise: calls of its HTTP API. Each call is told twice, at its start
/// and with its answer; the second makes the event.
public final class ConsulAuditDecoder implements Decoder, Records.Reader {
    private final Mask mask;

    public ConsulAuditDecoder(Mask mask) {
        this.mask = mask;
    }

    @Override
    public String format() {
        return "consul-audit";
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
        Json payload = record.get("payload");
        if (!payload.get("request").isObject()) {
            boolean agent =
                    record.fields().containsKey("@level") || record.fields().containsKey("@message");
            return agent
                    ? new Decoded.Ignored("a diagnostic line of the agent")
                    : origin.rejected("no audit event of Consul: payload.request is missing");
        }
        if (payload.get("stage").text().orElse("").equals("OperationStart")) {
            return new Decoded.Ignored("the start of a call, which is told again with its answer");
        }
        return new Decoded.Event(new AuditFields(record, mask, origin).event(), origin.identity());
    }

    @Override
    public Decoded text(String line, Origin origin) {
        return line.isEmpty() ? new Decoded.Ignored("an empty line") : origin.rejected("not a JSON object");
    }
}
