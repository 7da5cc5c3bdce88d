package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.ExportDecoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Lines;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import io.meshtrail.source.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads an export of OTLP logs, protobuf or JSON: finds out who made each record and gives it to the
/// decoder that knows that maker's words.
public final class OtlpLogDecoder implements ExportDecoder {
    public static final String FORMAT = "otlp-logs";

    /// Its plain lines know an uptime in place of a time.
    private static final String TIMELESS = "linkerd-proxy";

    private final Map<String, Decoder> formats;
    private final Mask mask;

    /// @param formats the decoders that records can be given to, by their names
    public OtlpLogDecoder(Mask mask, List<Decoder> formats) {
        this.mask = mask;
        this.formats = formats.stream().collect(Collectors.toUnmodifiableMap(Decoder::format, Function.identity()));
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public List<Told> decode(byte[] body, Hints hints) {
        List<Told> told = new ArrayList<>();
        if (Lines.firstByte(body) == '{') {
            int start = Lines.start(body);
            Utf8 text = Utf8.of(body, start, body.length - start);
            try {
                json(JsonReader.read(text.text()), text, hints, told);
                return told;
            } catch (JsonException notJson) {
                // An export in protobuf whose first part has 123 bytes starts like a line end and a brace.
                if (body[0] != '\n') {
                    told.add(new Told(1, "", new Decoded.Rejection(1, notJson.reason())));
                    return told;
                }
            }
        }
        new ProtobufExport(
                        body,
                        record -> tell(record, hints, told),
                        (number, why) -> told.add(new Told(number, "", new Decoded.Rejection(number, why))))
                .walk();
        return told;
    }

    private void json(Json export, Utf8 text, Hints hints, List<Told> told) {
        JsonExport.complaint(export)
                .ifPresentOrElse(
                        why -> told.add(new Told(1, "", new Decoded.Rejection(1, why))),
                        () -> new JsonExport(text.damage(), record -> tell(record, hints, told)).walk(export));
    }

    private void tell(LogRecord record, Hints sender, List<Told> told) {
        Place place = Place.of(record);
        List<Decoded> found = switch (Maker.of(record, place)) {
            case Maker.Access access -> access(record, place, sender);
            case Maker.Printed printed -> printed(record, printed, place, sender);
            case Maker.Mapped mapped -> mapped(record, mapped, place, sender);
            case Maker.Audited audited ->
                List.of(new Decoded.Event(
                        new AuditDraft(record, mask).event(place.hints(sender, true)), record.identity()));
            case Maker.Nobody(String why) -> List.of(new Decoded.Ignored(why));
        };
        for (int i = 0; i < found.size(); i++) {
            told.add(new Told(record.number(), place.producer(), ofExport(found.get(i), i, record)));
        }
    }

    private List<Decoded> access(LogRecord record, Place place, Hints sender) {
        Json access = EnvoyAccess.record(record);
        return asked(EnvoyAccess.format(access, place), access, record, place.hints(sender, true));
    }

    private List<Decoded> mapped(LogRecord record, Maker.Mapped mapped, Place place, Hints sender) {
        return asked(mapped.format(), mapped.body(), record, place.hints(sender, mapped.ofItsPod()));
    }

    /// A decoder of single records is asked about this one; another gets it as a body.
    private List<Decoded> asked(String format, Json value, LogRecord record, Hints hints) {
        Decoder decoder = formats.get(format);
        if (decoder instanceof Records.Reader reader) {
            OptionalLong written = record.bestTime() > 0 ? OptionalLong.of(record.bestTime()) : OptionalLong.empty();
            Origin origin = new Origin(record.number(), record.identity(), record.damage(), written, hints);
            return List.of(reader.json(value, origin));
        }
        return decoder == null ? unknown(format, record) : decoder.decode(value.canonical(), hints);
    }

    private List<Decoded> printed(LogRecord record, Maker.Printed printed, Place place, Hints sender) {
        Decoder decoder = formats.get(printed.format());
        if (decoder == null) {
            return unknown(printed.format(), record);
        }
        if (printed.line().isBlank()) {
            return List.of(new Decoded.Ignored("an empty line"));
        }
        byte[] line = decoder.format().equals(TIMELESS)
                ? printed.line().asWritten(record.bestTime())
                : printed.line().bytes();
        return decoder.decode(line, place.hints(sender, printed.ofItsPod()));
    }

    private List<Decoded> unknown(String format, LogRecord record) {
        return List.of(new Decoded.Rejection(
                record.number(),
                Maker.FORMAT + " is \"" + format + "\"; known are "
                        + formats.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }

    /// What came of a record, under its number in the export and recognisable by its place in it.
    private static Decoded ofExport(Decoded decoded, int part, LogRecord record) {
        return switch (decoded) {
            case Decoded.Event event ->
                new Decoded.Event(AuditDraft.honoured(event.event(), record), identity(record, part));
            case Decoded.Ignored ignored -> ignored;
            case Decoded.Rejection(int line, String reason) -> new Decoded.Rejection(record.number(), reason);
        };
    }

    private static byte[] identity(LogRecord record, int part) {
        byte[] identity = record.identity();
        if (part == 0) {
            return identity;
        }
        byte[] numbered = java.util.Arrays.copyOf(identity, identity.length + Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            numbered[identity.length + i] = (byte) (part >>> Byte.SIZE * i);
        }
        return numbered;
    }
}
