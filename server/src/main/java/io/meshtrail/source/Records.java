package io.meshtrail.source;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Cuts a body into records, whatever form it has: one array, one object over several lines, or a record a line,
/// each JSON or text, with or without the prefix of a container runtime.
public final class Records {
    /// What a format makes of a record.
    public interface Reader {
        /// A record that is a JSON value.
        Decoded json(Json record, Origin origin);

        /// A line that is not JSON, without blanks around it; it may be empty where only a prefix stood.
        Decoded text(String line, Origin origin);

        /// Whether a line of text can be the rest of one that a client cut with a line end, in a format that
        /// escapes nothing.
        default boolean isRest(String line) {
            return false;
        }
    }

    /// How far before a rest a client can have written: the headers that Envoy accepts (60 KiB), and some more.
    private static final int WINDOW = 64 * 1024;

    private final Reader reader;
    private final Hints hints;
    private final List<Decoded> found = new ArrayList<>();

    private Records(Reader reader, Hints hints) {
        this.reader = reader;
        this.hints = hints;
    }

    /// One element for each record.
    public static List<Decoded> read(byte[] body, Hints hints, Reader reader) {
        List<Line> lines = Lines.of(body);
        if (lines.isEmpty()) {
            return List.of(new Decoded.Rejection(1, "empty body"));
        }
        Records records = new Records(reader, hints);
        if (!records.document(body, lines)) {
            records.lines(lines);
        }
        return records.found;
    }

    /// Reads the body as one array or as one object over several lines, if it is one.
    private boolean document(byte[] body, List<Line> lines) {
        String first = lines.getFirst().utf8().text().strip();
        boolean array = first.startsWith("[") && isOpeningArray(first);
        boolean object = first.startsWith("{") && !first.endsWith("}") && lines.size() > 1;
        if (!array && !object) {
            return false;
        }
        int start = Lines.start(body);
        Utf8 text = Utf8.of(body, start, body.length - start);
        try {
            Json rest = JsonReader.items(text.text(), array ? "items" : "", item -> item(item, text.damage()));
            if (object) {
                item(rest, text.damage());
            }
        } catch (JsonException broken) {
            if (found.isEmpty() && lines.size() > 1) {
                return false;
            }
            found.add(new Decoded.Rejection(found.size() + 1, broken.reason()));
        }
        return true;
    }

    /// Text formats start with a bracket too: `[2026-…` or `[   12.345s]`.
    private static boolean isOpeningArray(String first) {
        String inside = first.substring(1).stripLeading();
        return inside.isEmpty() || inside.startsWith("{") || inside.startsWith("]");
    }

    private void item(Json item, Optional<String> damage) {
        Origin origin = new Origin(found.size() + 1, item.canonical(), damage, OptionalLong.empty(), hints);
        found.add(reader.json(item, origin));
    }

    private void lines(List<Line> lines) {
        int[] rests = rests(lines);
        int at = 0;
        while (at < lines.size()) {
            Line line = lines.get(at);
            Line rest = lines.get(rests[at] < 0 ? at : rests[at]);
            if (rests[at] >= 0 && rest.from() - line.from() <= WINDOW) {
                found.add(forgeable(line, rest));
                at++;
            } else {
                at = record(lines, at);
            }
        }
    }

    /// For each line the next one that can be a rest, itself included; -1 if there is none.
    private int[] rests(List<Line> lines) {
        int[] rests = new int[lines.size()];
        int next = -1;
        for (int i = lines.size() - 1; i >= 0; i--) {
            // What a container runtime cut is put together again; it is no rest.
            boolean cut =
                    i > 0 && CriPrefix.isCut(lines.get(i - 1).utf8().text().strip());
            next = !cut && reader.isRest(text(lines.get(i))) ? i : next;
            rests[i] = next;
        }
        return rests;
    }

    /// Any line before a rest may be forged, however well formed it is: where a client's text began is not to be
    /// seen.
    private static Decoded.Rejection forgeable(Line line, Line rest) {
        return new Decoded.Rejection(
                line.number(),
                rest.number() == line.number()
                        ? "the rest of another line"
                        : "may be written by a client: line " + rest.number() + " is the rest of one before it");
    }

    /// Reads the record that starts at a line.
    ///
    /// @return the next line that is none of its
    private int record(List<Line> lines, int start) {
        Line line = lines.get(start);
        if (line.isTooLong()) {
            found.add(line.tooLong());
            return start + 1;
        }
        int at = lastOfCut(lines, start);
        Line all = line.upTo(lines.get(at));
        Utf8 utf8 = all.utf8();
        String whole = line.utf8().text().strip();
        String text = at == start ? CriPrefix.strip(whole).strip() : together(lines, start, at);
        Origin origin = new Origin(line.number(), all.bytes(), utf8.damage(), CriPrefix.time(whole), hints);
        if (text.startsWith("{")) {
            found.add(json(text, origin));
            return at + 1;
        }
        found.add(reader.text(text, origin));
        return at + 1;
    }

    /// The last of the lines that a container runtime cut one line into.
    private static int lastOfCut(List<Line> lines, int start) {
        String first = lines.get(start).utf8().text().strip();
        String stream = CriPrefix.stream(first);
        int at = start;
        int length = lines.get(start).length();
        String part = first;
        while (!stream.isEmpty() && CriPrefix.isCut(part) && at + 1 < lines.size()) {
            Line next = lines.get(at + 1);
            String text = next.utf8().text();
            length += next.length();
            if (length > Line.LIMIT || !CriPrefix.stream(text).equals(stream)) {
                return at;
            }
            part = text;
            at++;
        }
        return at;
    }

    private static String together(List<Line> lines, int start, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = start; i <= end; i++) {
            text.append(CriPrefix.strip(lines.get(i).utf8().text()));
        }
        return text.toString().strip();
    }

    private Decoded json(String text, Origin origin) {
        try {
            return reader.json(JsonReader.read(text), origin);
        } catch (JsonException broken) {
            return origin.rejected(broken.reason());
        }
    }

    private static String text(Line line) {
        return line.isTooLong()
                ? ""
                : CriPrefix.strip(line.utf8().text().strip()).strip();
    }
}
