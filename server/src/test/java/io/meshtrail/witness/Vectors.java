package io.meshtrail.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published sequences of requests to a witness.
final class Vectors {
    private static final Path FILE =
            Path.of("..", "proof", "src", "test", "resources", "ledger", "witness", "add-checkpoint.json");

    private Vectors() {}

    static JsonNode read() throws IOException {
        return JsonMapper.builder().build().readTree(Files.readAllBytes(FILE));
    }
}
