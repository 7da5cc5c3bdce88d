package io.meshtrail.source.istio;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.EnvoyLog;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;
import java.util.regex.Pattern;

/// Reads Istio's JSON access log, with its default keys and with keys that operators add.
public final class IstioJsonDecoder implements Decoder, Records.Reader {
    private static final Pattern TEXT_ACCESS_LOG = Pattern.compile("\\[[^\\]]{0,64}\\] \".*", Pattern.DOTALL);

    private final EnvoyLog log;

    public IstioJsonDecoder() {
        this(Mask.DEFAULT);
    }

    public IstioJsonDecoder(Mask mask) {
        this.log = new EnvoyLog(mask, new IstioDialect());
    }

    @Override
    public String format() {
        return "istio-json";
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
        if (EnvoyLog.isDiagnostic(line)) {
            return new Decoded.Ignored("a diagnostic line of the proxy");
        }
        boolean access = TEXT_ACCESS_LOG.matcher(line).matches();
        return origin.rejected(
                access ? "a line of the text access log: its format is istio-text" : "not a JSON object");
    }
}
