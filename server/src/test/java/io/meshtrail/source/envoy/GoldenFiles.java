package io.meshtrail.source.envoy;

import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The folder of golden files: `name.bin` holds messages, each with its length as a 32-bit big-endian number
/// before
/// it; `name.events.json` what they decode to.
final class GoldenFiles {
    /// 2026-11-24T13:53:20Z: after the recordings were made.
    static final long RECEIVED = 1_795_528_400_000_000_000L;

    static final Path FOLDER = Path.of("src/test/golden/envoy-als");

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private GoldenFiles() {}

    /// All inputs below a folder, those in its sub-folders included.
    static List<Path> inputs() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<byte[]> messages(Path file) {
        List<byte[]> messages = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (in.available() > 0) {
                messages.add(in.readNBytes(in.readInt()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return messages;
    }

    /// All messages of a file, through one decoder.
    static List<Decoded> decode(Path file) {
        AlsStreamDecoder decoder = new AlsStreamDecoder(Mask.DEFAULT);
        List<Decoded> decoded = new ArrayList<>();
        for (byte[] message : messages(file)) {
            decoded.addAll(decoder.message(message, RECEIVED));
        }
        return decoded;
    }

    static String print(List<Decoded> decoded) {
        ArrayNode list = JSON.createArrayNode();
        for (Decoded one : decoded) {
            list.add(print(one));
        }
        return JSON.writeValueAsString(list) + "\n";
    }

    private static JsonNode print(Decoded one) {
        ObjectNode node = JSON.createObjectNode();
        return switch (one) {
            case Decoded.Event event -> JSON.readTree(event.event().toString());
            case Decoded.Ignored ignored -> node.put("ignored", ignored.why());
            case Decoded.Rejection rejection ->
                node.put("rejected", rejection.reason()).put("line", rejection.line());
        };
    }
}
