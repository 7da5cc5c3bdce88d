package io.meshtrail.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshtrail.event.Timestamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the examples of `query/corpus.txt`, which teach the language.
class CorpusTest {
    private static final long NOW = Timestamp.parse("2026-11-24T12:00:00Z").orElseThrow();

    @TestFactory
    Stream<DynamicTest> examplesMeanWhatTheySay() throws IOException {
        List<String> lines = lines();
        return Stream.iterate(0, at -> at < lines.size(), at -> at + 2)
                .map(at -> DynamicTest.dynamicTest(lines.get(at), () -> check(lines.get(at), lines.get(at + 1))));
    }

    private static List<String> lines() throws IOException {
        try (InputStream corpus = Objects.requireNonNull(CorpusTest.class.getResourceAsStream("/query/corpus.txt"))) {
            return new String(corpus.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static void check(String query, String expected) throws QueryException {
        String rest = expected.substring(2);
        if (expected.startsWith("= ")) {
            Filter filter = QueryParser.parse(query, NOW);
            assertThat(QueryText.of(filter)).isEqualTo(rest);
            assertThat(QueryParser.parse(rest, NOW)).isEqualTo(filter);
        } else {
            int blank = rest.indexOf(' ');
            QueryException error = catchThrowableOfType(QueryException.class, () -> QueryParser.parse(query, NOW));
            assertThat(error).as("error of %s", query).isNotNull();
            assertThat(error.getMessage()).contains(rest.substring(blank + 1));
            assertThat(error.position()).isEqualTo(Integer.parseInt(rest.substring(0, blank)));
        }
    }
}
