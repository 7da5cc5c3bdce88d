package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values in the form that the library compares. Numbers travel as marked strings: they must come back as
/// they were written, and nobody may make us compute one with a million digits.
final class Nodes {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final char TEXT = 's';
    private static final char TOKEN = 't';

    private Nodes() {}

    static JsonNode of(Json value) {
        return switch (value) {
            case Json.Obj(Map<String, Json> members) -> {
                ObjectNode node = FACTORY.objectNode();
                members.forEach((name, member) -> node.set(name, of(member)));
                yield node;
            }
            case Json.Arr(List<Json> list) -> {
                ArrayNode node = FACTORY.arrayNode();
                list.forEach(item -> node.add(of(item)));
                yield node;
            }
            case Json.Text(String text) -> FACTORY.stringNode(TEXT + text);
            case Json.Scalar(String token) -> FACTORY.stringNode(TOKEN + token);
        };
    }

    static Json json(JsonNode node) {
        if (node.isObject()) {
            Map<String, Json> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), json(member.getValue())));
            return new Json.Obj(members);
        }
        if (node.isArray()) {
            List<Json> list = new ArrayList<>();
            node.forEach(item -> list.add(json(item)));
            return new Json.Arr(list);
        }
        String marked = node.stringValue();
        String value = marked.substring(1);
        return marked.charAt(0) == TEXT ? new Json.Text(value) : new Json.Scalar(value);
    }
}
