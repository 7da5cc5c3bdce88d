package io.meshtrail.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Fitting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.json.JsonMapper;

/// The golden files of one source: `name.in` is decoded, and what comes out must be `name.events.json`. With
/// `-Dgolden.rewrite=true` the latter is written anew.
public final class GoldenFolder {
    /// 2026-11-24T00:00:00Z.
    public static final long RECEIVED = 1_795_478_400_000_000_000L;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Decoder decoder;

    public GoldenFolder(String source, Decoder decoder) {
        this.folder = Path.of("src/test/golden", source);
        this.decoder = decoder;
    }

    /// One test for each input, those of `rejected/` too.
    public Stream<DynamicTest> tests() throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.walk(folder)) {
            inputs = files.filter(file -> file.toString().endsWith(".in"))
                    .sorted()
                    .toList();
        }
        assertThat(inputs).isNotEmpty();
        return inputs.stream()
                .map(input -> DynamicTest.dynamicTest(folder.relativize(input).toString(), () -> check(input)));
    }

    private void check(Path input) throws IOException {
        String name = input.getFileName().toString();
        Path expected = input.resolveSibling(name.substring(0, name.length() - 3) + ".events.json");
        String found = print(decoder.decode(Files.readAllBytes(input), Hints.none(RECEIVED)));
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(expected, found);
        }
        assertThat(found).isEqualTo(Files.readString(expected));
    }

    private static String print(List<Decoded> decoded) {
        StringBuilder out = new StringBuilder();
        for (Decoded one : decoded) {
            out.append(out.isEmpty() ? "[" : ",\n").append(print(one));
        }
        return out.append(out.isEmpty() ? "[]\n" : "]\n").toString();
    }

    private static String print(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Event event -> pretty(Fitting.fit(event.event()).toString());
            case Decoded.Ignored ignored -> pretty("{\"ignored\":" + JSON.writeValueAsString(ignored.why()) + "}");
            case Decoded.Rejection rejection ->
                pretty("{\"line\":" + rejection.line() + ",\"rejected\":" + JSON.writeValueAsString(rejection.reason())
                        + "}");
        };
    }

    private static String pretty(String json) {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.readTree(json))
                .replace("\r\n", "\n");
    }

    /// All inputs, for tests that change them.
    public List<byte[]> inputs() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".in"))
                    .sorted()
                    .map(GoldenFolder::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
