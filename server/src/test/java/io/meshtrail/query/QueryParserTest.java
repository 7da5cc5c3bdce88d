package io.meshtrail.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.Field;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryParserTest {
    private static final String SIGNS =
            "ab:*\"\\()[]-<>=! ANDORNOTTO http.status:5xx time:now 10.0.0.0/8 \0\u2028\uD83D\uDE00";

    @Test
    void blankTextIsEverything() throws QueryException {
        assertThat(QueryParser.parse(" \t", 0)).isEqualTo(new Filter.Everything());
    }

    @Test
    void everyFieldCanBeAskedFor() throws QueryException {
        for (Field field : Field.values()) {
            assertThat(QueryParser.parse(field.key() + ":*", 0))
                    .isEqualTo(new Filter.Present(new Target.OfField(field)));
        }
    }

    @Test
    void randomTextGivesAFilterOrAnErrorWithin() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < 30_000; run++) {
            String text = run % 2 == 0 ? signs(random) : anything(random);
            try {
                Filter filter = QueryParser.parse(text, 0);
                assertThat(QueryParser.parse(QueryText.of(filter), 0))
                        .as("seed %s: %s", seed, text)
                        .isEqualTo(filter);
            } catch (QueryException error) {
                assertThat(error.position()).as("seed %s: %s", seed, text).isBetween(0, text.length());
                assertThat(error.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void everyFilterCanBePrintedAndReadAgain() throws QueryException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < 5_000; run++) {
            String text = QueryText.of(new RandomQueries(random).filter(3));
            Filter read = QueryParser.parse(text, 0);
            assertThat(QueryText.of(read))
                    .as("seed %s", seed)
                    .isEqualTo(QueryText.of(QueryParser.parse(QueryText.of(read), 0)));
        }
    }

    @Test
    void hostileQueriesAreBounded() {
        refuses("(".repeat(5_000), "more than 64");
        refuses("-".repeat(5_000) + "a", "more than 64");
        refuses("NOT ".repeat(2_000) + "a", "more than 64");
        refuses("a ".repeat(1_001), "more than 1000 terms");
        refuses("kind:(" + "a OR ".repeat(1_001) + "b)", "more than 1000 terms");
        refuses("*a".repeat(33), "more than 32 stars");
        refuses("a".repeat(8_193), "a query of 8193 bytes, at most 8192");
        refuses("ä".repeat(4_097), "a query of 8194 bytes, at most 8192");
        refuses("a \uD800", "half a character");
    }

    @Test
    void theBoundsThemselvesAreAllowed() throws QueryException {
        QueryParser.parse("(".repeat(64) + "a" + ")".repeat(64), 0);
        QueryParser.parse("a ".repeat(1_000), 0);
        QueryParser.parse("a".repeat(8_192), 0);
    }

    private static void refuses(String query, String message) {
        assertThatThrownBy(() -> QueryParser.parse(query, 0))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(message);
    }

    private static String signs(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int from = random.nextInt(SIGNS.length());
            text.append(SIGNS, from, Math.min(SIGNS.length(), from + 1 + random.nextInt(12)));
        }
        return text.toString();
    }

    private static String anything(Random random) {
        return random.ints(random.nextInt(40), 0, 0x10000)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }
}
