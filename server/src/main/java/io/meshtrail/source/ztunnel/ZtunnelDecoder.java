package io.meshtrail.source.ztunnel;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;
import java.util.Optional;

/// Reads the log of ztunnel, Istio's node proxy in ambient mode, as text and as JSON: its access log,
/// failed handshakes, and what a dry run would have denied. Its other lines tell nothing to audit.
public final class ZtunnelDecoder implements Decoder, Records.Reader {
    private final Mask mask;

    public ZtunnelDecoder(Mask mask) {
        this.mask = mask;
    }

    @Override
    public String format() {
        return "ztunnel";
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
        Optional<LogLine> line = LogLine.ofJson(record);
        return line.isEmpty()
                ? origin.rejected("no line of ztunnel: none of the keys scope, target")
                : judged(line.get(), Optional.empty(), origin);
    }

    @Override
    public Decoded text(String line, Origin origin) {
        if (line.isEmpty()) {
            return new Decoded.Ignored("an empty line");
        }
        return switch (TextLine.read(line)) {
            case TextLine.Read(LogLine read) -> judged(read, Optional.of(line), origin);
            case TextLine.Broken(String why) -> origin.rejected(why);
        };
    }

    private Decoded judged(LogLine line, Optional<String> text, Origin origin) {
        Optional<Outline> outline = Outline.of(line);
        if (outline.isEmpty()) {
            return new Decoded.Ignored("a diagnostic line of ztunnel");
        }
        ZtunnelFields fields = new ZtunnelFields(line, outline.get(), mask, origin.hints());
        return new Decoded.Event(fields.event(text, origin), origin.identity());
    }
}
