package io.meshtrail.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jcs.Jcs;
import io.meshtrail.proof.Hash;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The frozen bytes: the vectors of `docs/formats/entry.md` decode, encode to themselves, have the stated
/// leaf hash,
/// and a
/// second implementation of RFC 8785 agrees.
class EntryVectorsTest {
    private static final Path PAGE = Path.of("..", "docs", "formats", "entry.md");

    @Test
    void theVectorsOfThePageAreWhatTheCodecWrites() throws Exception {
        List<String> lines = vectors();
        assertThat(lines).hasSize(8);
        for (int i = 0; i < lines.size(); i += 2) {
            byte[] entry = lines.get(i).getBytes(StandardCharsets.UTF_8);
            AuditEvent event = EventCodec.decode(entry);
            assertThat(EventCodec.encode(event).bytes()).isEqualTo(entry);
            assertThat(Hash.leaf(entry).base64()).as(lines.get(i)).isEqualTo(lines.get(i + 1));
        }
    }

    @Test
    void aSecondImplementationOfRfc8785WritesTheSameBytes() throws Exception {
        for (int i = 0; i < vectors().size(); i += 2) {
            assertThat(canonical(vectors().get(i))).isEqualTo(vectors().get(i));
        }
    }

    static String canonical(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return Jcs.canonize(reader.readValue());
        }
    }

    private static List<String> vectors() throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.equals("```")) {
                inside = !inside;
            } else if (inside) {
                lines.add(line);
            }
        }
        return lines;
    }
}
