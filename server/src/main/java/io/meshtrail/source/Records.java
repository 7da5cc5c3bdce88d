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

        /// Whether a line of text ends inside quotes, so that a line end may be part of what a client sent.
        default boolean endsOpen(String line) {
            return false;
        }

        /// Whether a line of text can be the rest of one that [#endsOpen].
        default boolean closes(String line) {
            return false;
        }
    }

    /// How many lines a client's text is sought over.
    private static final int WINDOW = 64;

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
        int at = 0;
        while (at < lines.size()) {
            at = record(lines, at);
        }
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
        int last = reader.endsOpen(text) ? lastOfQuotes(lines, at) : at;
        found.add(reader.text(last == at ? text : text + joined(lines, at + 1, last), origin));
        for (int inside = at + 1; inside <= last; inside++) {
            found.add(new Decoded.Rejection(
                    lines.get(inside).number(), "stands inside the quotes that line " + line.number() + " opens"));
        }
        return last + 1;
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

    /// The last line that can be the rest of this one. What stands between may look like records of its own; the
    /// last counts and not the first, since a client can write rests too.
    private int lastOfQuotes(List<Line> lines, int at) {
        int last = at;
        for (int next = at + 1; next < lines.size() && next <= at + WINDOW; next++) {
            if (reader.closes(text(lines.get(next)))) {
                last = next;
            }
        }
        return last;
    }

    private static String joined(List<Line> lines, int from, int last) {
        StringBuilder joined = new StringBuilder();
        for (int i = from; i <= last && joined.length() < Line.LIMIT; i++) {
            joined.append('\n').append(text(lines.get(i)));
        }
        return joined.toString();
    }

    private static String text(Line line) {
        return line.isTooLong()
                ? ""
                : CriPrefix.strip(line.utf8().text().strip()).strip();
    }
}
