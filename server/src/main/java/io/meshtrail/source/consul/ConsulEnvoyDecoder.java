package io.meshtrail.source.consul;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.EnvoyLog;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads the JSON access log of Envoys under Consul: its default keys, those of the `jsonFormat` that we
/// recommend, and others by their usual names.
public final class ConsulEnvoyDecoder implements Decoder, Records.Reader {
    private final EnvoyLog log;

    public ConsulEnvoyDecoder(Mask mask) {
        this.log = new EnvoyLog(mask, new ConsulDialect());
    }

    @Override
    public String format() {
        return "consul-envoy";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, this);
    }

    @Override
    public Decoded json(Json record, Origin origin) {
        return log.json(record, origin);
    }

    @Override
    public Decoded text(String line, Origin origin) {
        return EnvoyLog.isDiagnostic(line)
                ? new Decoded.Ignored("a diagnostic line of the proxy")
                : origin.rejected("not a JSON object");
    }
}
