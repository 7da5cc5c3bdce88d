package io.meshtrail.source.istio;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.CriPrefix;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Line;
import io.meshtrail.source.Lines;
import io.meshtrail.source.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads Istio's JSON access log, with its default keys and with keys that operators add.
public final class IstioJsonDecoder implements Decoder {
    /// What else a proxy prints: lines of the agent (`<time>\t<level>\t<scope>\t…`) and of Envoy itself
    /// (`[<time>][<thread>][<level>][<component>] …`).
    private static final Pattern DIAGNOSTIC = Pattern.compile(
            "(?:\\d{4}-\\d\\d-\\d\\dT\\S{1,40}\\s+(?:debug|info|warn|warning|error|fatal|critical|trace)\\s"
                    + "|\\[\\d{4}-\\d\\d-\\d\\d[^\\]]{1,40}\\]\\[\\d{1,9}\\]\\[\\w{1,16}\\]).*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern TEXT_ACCESS_LOG = Pattern.compile("\\[[^\\]]{0,64}\\] \".*", Pattern.DOTALL);

    private final AccessLine records;

    public IstioJsonDecoder() {
        this(Mask.DEFAULT);
    }

    public IstioJsonDecoder(Mask mask) {
        this.records = new AccessLine(mask);
    }

    @Override
    public String format() {
        return "istio-json";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        List<Line> lines = Lines.of(body);
        if (lines.isEmpty()) {
            return List.of(new Decoded.Rejection(1, "empty body"));
        }
        return document(body, lines, hints).orElseGet(() -> eachLine(lines, hints));
    }

    /// Reads the body as one array or as one object over several lines, if it is one.
    private Optional<List<Decoded>> document(byte[] body, List<Line> lines, Hints hints) {
        String first = lines.getFirst().utf8().text().strip();
        boolean array = first.startsWith("[") && (first.length() == 1 || "{ ]".indexOf(first.charAt(1)) >= 0);
        boolean object = first.startsWith("{") && !first.endsWith("}") && lines.size() > 1;
        if (!array && !object) {
            return Optional.empty();
        }
        int start = Lines.start(body);
        Utf8 text = Utf8.of(body, start, body.length - start);
        List<Decoded> found = new ArrayList<>();
        try {
            Json rest = JsonReader.items(
                    text.text(),
                    array ? "items" : "",
                    item -> found.add(records.decode(item, item.canonical(), found.size() + 1, text.damage(), hints)));
            if (object) {
                found.add(records.decode(rest, rest.canonical(), 1, text.damage(), hints));
            }
        } catch (JsonException broken) {
            if (found.isEmpty() && lines.size() > 1) {
                return Optional.empty();
            }
            found.add(new Decoded.Rejection(found.size() + 1, broken.reason()));
        }
        return Optional.of(found);
    }

    private List<Decoded> eachLine(List<Line> lines, Hints hints) {
        List<Decoded> found = new ArrayList<>(lines.size());
        for (Line line : lines) {
            found.add(line.isTooLong() ? line.tooLong() : line(line, hints));
        }
        return found;
    }

    private Decoded line(Line line, Hints hints) {
        Utf8 utf8 = line.utf8();
        String text = CriPrefix.strip(utf8.text()).strip();
        if (!text.startsWith("{")) {
            if (text.isEmpty() || DIAGNOSTIC.matcher(text).matches()) {
                return new Decoded.Ignored("a diagnostic line of the proxy");
            }
            boolean access = TEXT_ACCESS_LOG.matcher(text).matches();
            String why = access ? "a line of the text access log: its format is istio-text" : "not a JSON object";
            return new Decoded.Rejection(line.number(), why);
        }
        try {
            return records.decode(JsonReader.read(text), line.bytes(), line.number(), utf8.damage(), hints);
        } catch (JsonException broken) {
            return new Decoded.Rejection(line.number(), broken.reason());
        }
    }
}
