package io.meshtrail.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `openapi.yaml`, as far as a test needs it: the operations of this release, and a check of an answer
/// against the schema that it promises.
record Contract(JsonNode document) {
    static Contract read() throws IOException {
        return new Contract(new YAMLMapper()
                .readTree(Files.readString(Packaged.root().resolve("server/src/main/resources/openapi.yaml"))));
    }

    /// The operations that are served now, by `operationId`.
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                if (operation.hasNonNull("operationId") && !operation.hasNonNull("x-meshtrail-since")) {
                    operations.put(operation.path("operationId").asString(), operation);
                }
            }
        }
        return operations;
    }

    /// What an operation may answer with a status, by content type.
    JsonNode content(JsonNode operation, int status) {
        return resolved(operation.path("responses").path(Integer.toString(status)))
                .path("content");
    }

    /// What is wrong with a value; empty if nothing is.
    List<String> faults(JsonNode value, JsonNode schema, String place) {
        List<String> faults = new ArrayList<>();
        JsonNode plain = resolved(schema);
        plain.path("allOf").forEach(part -> faults.addAll(faults(value, part, place)));
        if (plain.hasNonNull("type") && !hasType(value, plain.path("type").asString())) {
            faults.add(place + " is no " + plain.path("type").asString() + ": " + value);
            return faults;
        }
        if (plain.has("enum") && plain.path("enum").valueStream().noneMatch(value::equals)) {
            faults.add(place + " is none of " + plain.path("enum") + ": " + value);
        }
        if (plain.has("const") && !plain.path("const").equals(value)) {
            faults.add(place + " is not " + plain.path("const") + ": " + value);
        }
        if (plain.has("pattern")
                && !value.asString("").matches(plain.path("pattern").asString())) {
            faults.add(place + " does not match " + plain.path("pattern") + ": " + value);
        }
        if (plain.has("minimum") && value.asLong() < plain.path("minimum").asLong()) {
            faults.add(place + " is below " + plain.path("minimum") + ": " + value);
        }
        for (JsonNode required : plain.path("required")) {
            if (!value.has(required.asString())) {
                faults.add(place + " lacks " + required.asString());
            }
        }
        plain.path("properties").forEachEntry((name, property) -> {
            if (value.has(name)) {
                faults.addAll(faults(value.path(name), property, place + "." + name));
            }
        });
        if (plain.has("items")) {
            int at = 0;
            for (JsonNode item : value) {
                faults.addAll(faults(item, plain.path("items"), place + "[" + at++ + "]"));
            }
        }
        if (plain.path("additionalProperties").isObject()) {
            value.forEachEntry((name, each) ->
                    faults.addAll(faults(each, plain.path("additionalProperties"), place + "." + name)));
        }
        return faults;
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.hasNonNull("$ref")) {
            found = document.at(found.path("$ref").asString().substring(1));
            if (found.isMissingNode()) {
                throw new AssertionError("openapi.yaml has no " + node.path("$ref"));
            }
        }
        return found;
    }

    private static boolean hasType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new AssertionError("a type that this check does not know: " + type);
        };
    }
}
