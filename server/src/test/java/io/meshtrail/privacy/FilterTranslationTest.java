package io.meshtrail.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.QueryText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A translated question finds among stored events what the question itself finds among the shown ones.
class FilterTranslationTest {
    private static final Address PLACE = new Address("traffic", 0);
    private static final List<String> VALUES =
            List.of("alice", "Alice", "alice2", "bob smith", "carol@example.com", "spiffe://corp/ns/a/sa/b", "ålice");
    private static final List<String> ADDRESSES = List.of("10.0.0.1", "10.0.0.12", "192.168.7.7", "fd00::1", "::1");
    private static final List<String> TESTS = List.of(
            "user.id:alice",
            "user.id:Alice",
            "user.id:alice*",
            "user.id:*li*",
            "user.id:\"*@example.com\"",
            "user.id:\"bob smith\"",
            "user.id>=b",
            "user.id:[alice TO bob]",
            "user.id:*",
            "user.groups:alice",
            "user.groups:*li*",
            "source.address:10.0.0.1",
            "source.address:10.0.0.*",
            "source.address:10.0.0.0/24",
            "source.address:\"fd00::/8\"",
            "alice",
            "carol@example",
            "detail:\"*by alice.*\"",
            "detail:\"by bob smith.\"",
            "http.path:/u/alice/x",
            "http.path:\"/u/*/x\"",
            "attributes.who:alice",
            "user.name:alice",
            "raw:\"*\\\"u\\\":\\\"alice\\\"*\"",
            "kind:request");

    @TempDir
    private Path folder;

    @Test
    void whatIsFoundIsWhatTheQuestionMeans() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Names names = new Names(folder, new Names.InMemoryRoot())) {
            EventDisguise disguise =
                    names.disguise(folder, SubjectField.USER_ID, SubjectField.USER_GROUPS, SubjectField.SOURCE_ADDRESS);
            List<AuditEvent> events = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                events.add(event(random));
            }
            List<AuditEvent> stored = new ArrayList<>();
            for (AuditEvent event : events) {
                // Some from before the setting was on.
                stored.add(random.nextInt(4) == 0 ? event : disguise.disguised(event));
            }
            for (int run = 0; run < 400; run++) {
                Filter asked = QueryParser.parse(query(random, random.nextInt(3)), 0);
                FilterTranslation translation = new FilterTranslation(names.table);
                FilterMatcher translated = new FilterMatcher(translation.of(asked));
                FilterMatcher meaning = new FilterMatcher(asked);
                for (int i = 0; i < events.size(); i++) {
                    assertThat(translated.matches(PLACE, stored.get(i)))
                            .as("seed %d: %s on %s", seed, QueryText.of(asked), events.get(i))
                            .isEqualTo(meaning.matches(PLACE, events.get(i)));
                }
                assertThat(translation.incomplete()).isEmpty();
            }
        }
    }

    private static String query(Random random, int depth) {
        if (depth == 0) {
            return TESTS.get(random.nextInt(TESTS.size()));
        }
        String one = query(random, depth - 1);
        String other = query(random, depth - 1);
        return switch (random.nextInt(3)) {
            case 0 -> "-(" + one + ")";
            case 1 -> "(" + one + ") (" + other + ")";
            default -> "(" + one + ") OR (" + other + ")";
        };
    }

    private static AuditEvent event(Random random) {
        String user = VALUES.get(random.nextInt(VALUES.size()));
        AuditEvent.Builder event = AuditEvent.builder()
                .text(Field.KIND, random.nextBoolean() ? "request" : "token")
                .text(Field.DETAIL, "by " + user + ".")
                .text(Field.HTTP_PATH, "/u/" + user + "/x")
                .text(Field.RAW, "{\"u\":\"" + user + "\"}")
                .attribute("who", user);
        if (random.nextInt(5) != 0) {
            event.text(Field.USER_ID, user);
        }
        if (random.nextBoolean()) {
            event.text(Field.USER_NAME, user);
        }
        if (random.nextBoolean()) {
            event.texts(
                    Field.USER_GROUPS,
                    List.of(VALUES.get(random.nextInt(VALUES.size())), VALUES.get(random.nextInt(VALUES.size()))));
        }
        if (random.nextBoolean()) {
            event.text(Field.SOURCE_ADDRESS, ADDRESSES.get(random.nextInt(ADDRESSES.size())));
        }
        return event.build();
    }

    @Test
    void aQuestionThatStandsForTooManySubjectsSaysSo() throws Exception {
        try (Names names = new Names(folder, new Names.InMemoryRoot())) {
            for (int i = 0; i <= FilterTranslation.MOST; i++) {
                names.table.pseudonymOf("user-" + i, SubjectField.USER_ID);
            }
            FilterTranslation translation = new FilterTranslation(names.table);
            Filter _ = translation.of(QueryParser.parse("user.id:user-*", 0));
            assertThat(translation.incomplete()).singleElement().asString().contains("user.id", "1000");
            FilterTranslation exact = new FilterTranslation(names.table);
            Filter _ = exact.of(QueryParser.parse("user.id:user-7 -source.address:10.0.0.0/8", 0));
            assertThat(exact.incomplete()).isEmpty();
        }
    }

    @Test
    void aPseudonymItselfCanBeAskedFor() throws Exception {
        try (Names names = new Names(folder, new Names.InMemoryRoot())) {
            EventDisguise disguise = names.disguise(folder, SubjectField.USER_ID);
            AuditEvent stored = disguise.disguised(
                    AuditEvent.builder().text(Field.USER_ID, "alice").build());
            String name = stored.text(Field.USER_ID).orElseThrow();
            for (String query : List.of("user.id:\"" + name + "\"", "user.id:\"" + name.substring(0, 9) + "*\"")) {
                Filter filter = new FilterTranslation(names.table).of(QueryParser.parse(query, 0));
                assertThat(new FilterMatcher(filter).matches(PLACE, stored))
                        .as(query)
                        .isTrue();
            }
        }
    }
}
