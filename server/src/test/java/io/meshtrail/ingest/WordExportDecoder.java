package io.meshtrail.ingest;

import io.meshtrail.source.Decoded;
import io.meshtrail.source.ExportDecoder;
import io.meshtrail.source.Hints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An export for tests: the lines of [WordDecoder], where `from NAME` names the producer of those behind
/// it. A brace before them all makes it JSON.
final class WordExportDecoder implements ExportDecoder {
    @Override
    public String format() {
        return "otlp-logs";
    }

    @Override
    public List<Told> decode(byte[] body, Hints hints) {
        List<Told> told = new ArrayList<>();
        String producer = "";
        for (String line : new String(body, StandardCharsets.UTF_8)
                .replace("{", "")
                .lines()
                .toList()) {
            if (line.startsWith("from ")) {
                producer = line.substring(5);
            } else {
                int number = told.size() + 1;
                Decoded decoded = new WordDecoder("otlp-logs")
                        .decode(line.getBytes(StandardCharsets.UTF_8), hints)
                        .getFirst();
                told.add(new Told(
                        number,
                        producer,
                        decoded instanceof Decoded.Rejection(int first, String reason)
                                ? new Decoded.Rejection(number, reason)
                                : decoded));
            }
        }
        return told;
    }
}
