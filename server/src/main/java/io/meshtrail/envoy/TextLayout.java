package io.meshtrail.envoy;

import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A text format of Envoy's access log: which key stands where.
///
/// Envoy does not escape quotes, so that a client can write more words into a line than the format has, but
/// never fewer. A line with exactly the words of the format is therefore read as it is. In a longer one the
/// words before what a client writes are counted from the left and those behind it from the right; what stands
/// between is not told apart, and nothing is taken from it.
public final class TextLayout {
    /// What a client can write into a line besides the path.
    private static final List<String> OF_CLIENT =
            List.of("x_forwarded_for", "user_agent", "trace_id", "request_id", "authority");

    /// The end of a request of HTTP as a line prints it. Twice in a line, one of them is forged.
    private static final Pattern END_OF_REQUEST = Pattern.compile("HTTP/\\d(?:\\.\\d)?\" \\d{1,3} ");

    private static final int LONGEST_CODE = 3;

    /// @param isQuoted whether it stands in quotes
    private record Slot(String key, boolean isQuoted) {}

    private final List<Slot> slots;
    private final int firstOfClient;
    private final int behindClient;

    private TextLayout(List<Slot> slots) {
        this.slots = slots;
        int first = slots.size();
        int behind = slots.size();
        for (int i = slots.size() - 1; i >= 0; i--) {
            if (OF_CLIENT.contains(slots.get(i).key)) {
                first = i;
                behind = behind == slots.size() ? i + 1 : behind;
            }
        }
        this.firstOfClient = first;
        this.behindClient = behind;
    }

    /// The layout of a format that is written with keys in place of operators:
    /// `[start_time] "request" response_code "user_agent"`.
    public static TextLayout of(String format) {
        return new TextLayout(Stream.of(format.split(" "))
                .map(word -> new Slot(word.replaceAll("[\\[\\]\"]", ""), word.startsWith("\"")))
                .toList());
    }

    /// Reads a line in the first of these layouts that it fits.
    public static Optional<Json.Obj> read(List<TextLayout> layouts, String line) {
        TextWords words = TextWords.of(line);
        return layouts.stream()
                .flatMap(layout -> layout.exactly(words).stream())
                .findFirst()
                .or(() -> layouts.stream()
                        .flatMap(layout -> layout.fromBothEnds(words, line).stream())
                        .findFirst());
    }

    /// Whether a line of one of these layouts ends inside quotes.
    public static boolean endsOpen(String line) {
        return line.startsWith("[") && TextWords.of(line).isOpen();
    }

    /// Whether a line can be the rest of a line that ends inside quotes.
    public static boolean isRest(List<TextLayout> layouts, String line) {
        if (line.startsWith("[") || line.startsWith("{") || line.indexOf('"') < 0) {
            return false;
        }
        TextWords words = TextWords.of("\"" + line);
        return !words.isOpen() && layouts.stream().anyMatch(layout -> layout.endsLike(words));
    }

    private boolean endsLike(TextWords words) {
        int more = words.count() - slots.size();
        return words.count() > slots.size() - behindClient && kindsFit(words, behindClient, slots.size(), more);
    }

    /// Reads a line that has exactly the words of this format.
    private Optional<Json.Obj> exactly(TextWords words) {
        boolean fits = words.count() == slots.size() && !words.isOpen();
        return fits && kindsFit(words, 0, slots.size(), 0) ? record(words, slots.size(), 0) : Optional.empty();
    }

    /// Reads a line that has more words, from both ends. The keys between are missing, and `ambiguous` holds
    /// what stands there.
    private Optional<Json.Obj> fromBothEnds(TextWords words, String line) {
        int more = words.count() - slots.size();
        boolean fits = more > 0
                && firstOfClient < slots.size()
                && !words.isOpen()
                && kindsFit(words, 0, firstOfClient, 0)
                && kindsFit(words, behindClient, slots.size(), more)
                && END_OF_REQUEST.matcher(line).results().count() == 1;
        return fits ? record(words, firstOfClient, more) : Optional.empty();
    }

    private boolean kindsFit(TextWords words, int from, int to, int shift) {
        for (int i = from; i < to; i++) {
            if (words.isQuoted(i + shift) != slots.get(i).isQuoted) {
                return false;
            }
        }
        return true;
    }

    private Optional<Json.Obj> record(TextWords words, int certain, int more) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            if (i < certain) {
                put(members, slots.get(i).key, words.word(i));
            } else if (i >= behindClient) {
                put(members, slots.get(i).key, words.word(i + more));
            }
        }
        if (more > 0) {
            members.put("ambiguous", new Json.Text(words.text(certain, behindClient + more)));
        }
        boolean plausible =
                isCode(members.getOrDefault("response_code", Json.Scalar.NULL)) && members.containsKey("path");
        return plausible ? Optional.of(new Json.Obj(members)) : Optional.empty();
    }

    /// A request is `GET /a HTTP/1.1`, and `- - -` where there was none.
    private static void put(Map<String, Json> members, String key, String word) {
        if (!key.equals("request")) {
            members.put(key, new Json.Text(word));
            return;
        }
        int first = word.indexOf(' ');
        int last = word.lastIndexOf(' ');
        if (first > 0 && last > first) {
            members.put("method", new Json.Text(word.substring(0, first)));
            members.put("path", new Json.Text(word.substring(first + 1, last).strip()));
            members.put("protocol", new Json.Text(word.substring(last + 1)));
        }
    }

    private static boolean isCode(Json value) {
        String code = value.text().orElse("");
        return !code.isEmpty() && code.length() <= LONGEST_CODE && code.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
