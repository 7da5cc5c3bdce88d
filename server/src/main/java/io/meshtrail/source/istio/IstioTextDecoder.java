package io.meshtrail.source.istio;

import io.meshtrail.envoy.PrintedFormats;
import io.meshtrail.envoy.TextLayout;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.EnvoyLog;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads Istio's text access log: its default format, that of before Istio 1.9, that with the peer's
/// name, and Envoy's own default.
///
/// A client writes into such a line without being escaped, so it is read strictly: see [TextLayout] for
/// quotes and [Records.Reader#isRest] for line ends.
public final class IstioTextDecoder implements Decoder, Records.Reader {
    private final EnvoyLog log;

    public IstioTextDecoder() {
        this(Mask.DEFAULT);
    }

    public IstioTextDecoder(Mask mask) {
        this.log = new EnvoyLog(mask, new IstioDialect());
    }

    @Override
    public String format() {
        return "istio-text";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, this);
    }

    @Override
    public Decoded json(Json record, Origin origin) {
        return origin.rejected("a JSON record: its format is istio-json");
    }

    @Override
    public Decoded text(String line, Origin origin) {
        if (EnvoyLog.isDiagnostic(line)) {
            return new Decoded.Ignored("a diagnostic line of the proxy");
        }
        return PrintedFormats.read(line)
                .map(record -> log.text(record, line, origin))
                .orElseGet(() -> origin.rejected(complaint(line)));
    }

    @Override
    public boolean isRest(String line) {
        return PrintedFormats.isRest(line);
    }

    private static String complaint(String line) {
        if (!line.startsWith("[")) {
            return "not a line of the text access log: it starts with no time in brackets";
        }
        return TextLayout.endsOpen(line)
                ? "the line ends inside quotes"
                : "its words fit none of the known text formats, or it has two ends of a request";
    }
}
