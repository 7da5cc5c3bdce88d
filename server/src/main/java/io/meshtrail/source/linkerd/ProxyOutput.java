package io.meshtrail.source.linkerd;

import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.Optional;

/// Everything that a proxy prints: the access log goes to stderr and the diagnostic log to stdout, and
/// both end up in one file, so that each line is read as what it is.
final class ProxyOutput implements Records.Reader {
    private final Mask mask;

    ProxyOutput(Mask mask) {
        this.mask = mask;
    }

    @Override
    public Decoded json(Json record, Origin origin) {
        if (!record.isObject()) {
            return origin.rejected("not a JSON object");
        }
        if (AccessLine.isOne(record)) {
            return access(AccessLine.ofJson(record), Optional.empty(), origin);
        }
        return LogLine.isOne(record)
                ? diagnostic(LogLine.ofJson(record), Optional.empty(), origin)
                : origin.rejected("no line of the proxy: neither client.addr, nor level and target");
    }

    @Override
    public Decoded text(String line, Origin origin) {
        if (line.isEmpty()) {
            return new Decoded.Ignored("an empty line");
        }
        Optional<AccessLine> access = AccessLine.ofText(line);
        if (access.isPresent()) {
            return access(access.get(), Optional.of(line), origin);
        }
        return switch (PlainLine.read(line)) {
            case PlainLine.Read(LogLine read) -> diagnostic(read, Optional.of(line), origin);
            case PlainLine.Broken(String why) -> origin.rejected(why);
        };
    }

    private Decoded access(AccessLine line, Optional<String> text, Origin origin) {
        return new Decoded.Event(new AccessFields(line, mask, origin).event(text), origin.identity());
    }

    private Decoded diagnostic(LogLine line, Optional<String> text, Origin origin) {
        Optional<Outline> outline = Outline.of(line);
        return outline.isEmpty()
                ? new Decoded.Ignored("a diagnostic line of the proxy")
                : new Decoded.Event(new LogFields(line, outline.get(), mask, origin).event(text), origin.identity());
    }
}
