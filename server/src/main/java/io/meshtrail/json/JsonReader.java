package io.meshtrail.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON text. Syntax is strict (RFC 8259); sizes are lenient: what is over a limit is replaced, not refused.
public final class JsonReader {
    /// The deepest level that is kept. Below it stands [#TOO_DEEP].
    public static final int MAX_DEPTH = 200;

    /// The most values that are kept of one item. After them stands [#TOO_LONG].
    public static final int MAX_VALUES = 1_000_000;

    public static final String TOO_DEEP = "[cut: deeper than 200 levels]";
    public static final String TOO_LONG = "[cut: more than 1000000 values]";

    /// What the API server of Kubernetes itself accepts; beyond it the text is refused.
    private static final int REFUSED_DEPTH = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(REFUSED_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            // A table of names shared by all inputs could be flooded with colliding ones.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private static final Json TRUE = new Json.Scalar("true");
    private static final Json FALSE = new Json.Scalar("false");

    private final JsonParser parser;
    private int budget = MAX_VALUES;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /// Reads a text that is exactly one JSON value.
    ///
    /// @throws JsonException if it is not
    public static Json read(String text) throws JsonException {
        return items(text, "", item -> {});
    }

    /// Reads a text that is one JSON value and hands out its items one by one, so that a long list is never whole
    /// in memory: the items of a top-level array, or of the member `list` of a top-level object.
    ///
    /// @param list the member's name; empty to hand out nothing
    /// @return the value without what was handed out
    /// @throws JsonException if the text is not JSON; items before that place were handed out already
    public static Json items(String text, String list, Consumer<Json> item) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonReader reader = new JsonReader(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonException("empty text instead of JSON");
            }
            Json value = list.isEmpty() ? reader.value(first, 0) : reader.root(first, list, item);
            if (parser.nextToken() != null) {
                throw new JsonException("text after the end of the JSON value" + at(parser));
            }
            return value;
        } catch (JacksonException broken) {
            throw new JsonException("not JSON" + at(broken.getLocation()));
        }
    }

    private Json root(JsonToken first, String list, Consumer<Json> item) {
        if (first == JsonToken.START_ARRAY) {
            handOut(item);
            return new Json.Arr(List.of());
        }
        if (first != JsonToken.START_OBJECT) {
            return value(first, 0);
        }
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken start = parser.nextToken();
            if (name.equals(list) && start == JsonToken.START_ARRAY) {
                handOut(item);
                members.put(name, new Json.Arr(List.of()));
            } else {
                member(members, name, start, 1);
            }
        }
        return new Json.Obj(members);
    }

    private void handOut(Consumer<Json> item) {
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            budget = MAX_VALUES;
            item.accept(value(token, 1));
            token = parser.nextToken();
        }
    }

    private Json value(JsonToken token, int depth) {
        budget--;
        return switch (token) {
            case START_OBJECT -> depth >= MAX_DEPTH ? skipped(TOO_DEEP) : object(depth);
            case START_ARRAY -> depth >= MAX_DEPTH ? skipped(TOO_DEEP) : array(depth);
            case VALUE_STRING -> new Json.Text(parser.getString());
            case VALUE_TRUE -> TRUE;
            case VALUE_FALSE -> FALSE;
            case VALUE_NULL -> Json.Scalar.NULL;
            default -> new Json.Scalar(parser.getString());
        };
    }

    private Json object(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            member(members, name, parser.nextToken(), depth + 1);
        }
        return new Json.Obj(members);
    }

    private void member(Map<String, Json> members, String name, JsonToken start, int depth) {
        if (budget > 0) {
            members.put(name, value(start, depth));
        } else {
            parser.skipChildren();
            members.put("cut", new Json.Text(TOO_LONG));
        }
    }

    private Json array(int depth) {
        List<Json> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            if (budget > 0) {
                items.add(value(token, depth + 1));
            } else {
                parser.skipChildren();
            }
            token = parser.nextToken();
        }
        if (budget <= 0) {
            items.add(new Json.Text(TOO_LONG));
        }
        return new Json.Arr(items);
    }

    private Json skipped(String why) {
        parser.skipChildren();
        return new Json.Text(why);
    }

    private static String at(JsonParser parser) {
        return at(parser.currentTokenLocation());
    }

    private static String at(@Nullable TokenStreamLocation place) {
        if (place == null) {
            return "";
        }
        String column = "column " + place.getColumnNr();
        return place.getLineNr() > 1 ? " at line " + place.getLineNr() + ", " + column : " at " + column;
    }
}
