package io.meshtrail.privacy;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts pseudonyms in the place of values wherever these stand in other text: plain, percent-encoded, or
/// inside a JSON text. Values of fewer than four characters are replaced only where they stand alone: a
/// user named `a` must not take apart every word of his event.
final class Needles {
    /// From so many characters on a value is replaced inside words too.
    static final int WITHIN_WORDS = 4;

    private final List<Needle> needles;

    /// @param text one way to write the value
    /// @param cut whether the value is only the beginning of what was sent; then all of a JSON string goes
    private record Needle(String text, String pseudonym, boolean cut) {}

    private Needles(List<Needle> needles) {
        // The longest first: a name must not be taken apart by another that is a part of it.
        this.needles = needles.stream()
                .sorted(Comparator.comparingInt((Needle needle) -> needle.text().length())
                        .reversed())
                .toList();
    }

    /// Collects values.
    static final class Builder {
        private final List<Needle> needles = new ArrayList<>();

        /// @param cut whether the value is only the beginning of what was sent
        Builder add(String value, Pseudonym pseudonym, boolean cut) {
            String name = pseudonym.toString();
            List<String> spellings = new ArrayList<>(List.of(value));
            String quoted = quoted(value);
            if (!quoted.equals(value)) {
                spellings.add(quoted);
                spellings.add(quoted(quoted));
            }
            if (value.indexOf(' ') >= 0) {
                spellings.add(value.replace(' ', '+'));
            }
            spellings.forEach(spelling -> needles.add(new Needle(spelling, name, cut)));
            return this;
        }

        Needles build() {
            return new Needles(needles);
        }
    }

    /// As it stands in a JSON text, without the quotes.
    static String quoted(String value) {
        String json = new Json.Text(value).compact();
        return json.substring(1, json.length() - 1);
    }

    /// A text with pseudonyms; the same text if no value stands in it.
    String text(String text) {
        PercentDecoded decoded = PercentDecoded.of(WellFormed.of(text));
        String seen = decoded.text();
        int[] next = new int[needles.size()];
        boolean any = false;
        for (int i = 0; i < next.length; i++) {
            next[i] = find(needles.get(i), seen, 0);
            any |= next[i] >= 0;
        }
        if (!any) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 64);
        int at = 0;
        while (true) {
            int first = first(next);
            if (first < 0) {
                return out.append(text, decoded.start(at), text.length()).toString();
            }
            Needle needle = needles.get(first);
            out.append(text, decoded.start(at), decoded.start(next[first])).append(needle.pseudonym());
            at = next[first] + needle.text().length();
            for (int i = 0; i < next.length; i++) {
                if (next[i] >= 0 && next[i] < at) {
                    next[i] = find(needles.get(i), seen, at);
                }
            }
        }
    }

    /// The needle that stands nearest, of several at one place the longest; -1 if none.
    private static int first(int[] next) {
        int first = -1;
        for (int i = 0; i < next.length; i++) {
            if (next[i] >= 0 && (first < 0 || next[i] < next[first])) {
                first = i;
            }
        }
        return first;
    }

    private static int find(Needle needle, String text, int from) {
        String wanted = needle.text();
        int at = text.indexOf(wanted, from);
        while (at >= 0 && wanted.length() < WITHIN_WORDS && !standsAlone(text, at, at + wanted.length())) {
            at = text.indexOf(wanted, at + 1);
        }
        return at;
    }

    private static boolean standsAlone(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }

    /// A JSON text with pseudonyms, in names, strings and numbers; the same text if no value stands in it.
    String json(String text) {
        if (!mayHold(text)) {
            return text;
        }
        try {
            Json json = JsonReader.read(text);
            Json hidden = value(json);
            return hidden.equals(json) ? text : hidden.compact();
        } catch (JsonException notJson) {
            return text(text);
        }
    }

    /// Whether it is worth to read the text: characters may hide behind escapes.
    private boolean mayHold(String text) {
        return text.indexOf('%') >= 0
                || text.contains("\\u")
                || text.contains("\\/")
                || needles.stream().anyMatch(needle -> text.contains(needle.text()));
    }

    private Json value(Json json) {
        return switch (json) {
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, Json> hidden = new LinkedHashMap<>();
                members.forEach((name, value) -> hidden.put(string(name), value(value)));
                yield new Json.Obj(hidden);
            }
            case Json.Arr(List<Json> items) ->
                new Json.Arr(items.stream().map(this::value).toList());
            case Json.Text(String string) -> new Json.Text(string(string));
            case Json.Scalar(String token) -> {
                for (Needle needle : needles) {
                    if (needle.text().equals(token)) {
                        yield new Json.Text(needle.pseudonym());
                    }
                }
                yield json;
            }
        };
    }

    private String string(String string) {
        for (Needle needle : needles) {
            if (needle.cut() && WellFormed.of(string).startsWith(needle.text())) {
                return needle.pseudonym();
            }
        }
        return text(string);
    }
}
