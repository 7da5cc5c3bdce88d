package io.meshtrail.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Submission;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing of a personal value is left in an event, and all of it comes back while the table knows it.
class EventDisguiseTest {
    @TempDir
    private Path folder;

    private Names names;
    private EventDisguise disguise;

    @BeforeEach
    void open() throws IOException {
        names = new Names(folder, new Names.InMemoryRoot());
        disguise = names.disguise(folder, SubjectField.USER_ID, SubjectField.USER_GROUPS, SubjectField.SOURCE_ADDRESS);
    }

    @AfterEach
    void close() throws IOException {
        names.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "alice@example.com",
                "Alice \"Al\" O'Neil\\",
                "tab\tand\nline",
                "Zoë Ångström 😀",
                "~AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "1234567",
                "100% sure",
                "a*b?c",
                "{\"json\":1}",
                "\u0000\u0001x"
            })
    void aValueIsNowhereInTheEntryAndComesBackWhole(String value) throws Exception {
        AuditEvent event = eventOf(value);
        AuditEvent stored = disguise.disguised(event);
        String entry = new String(EventCodec.encode(stored).bytes(), StandardCharsets.UTF_8);
        assertThat(entry).doesNotContain(value).doesNotContain(Needles.quoted(value));
        assertThat(stored.text(Field.USER_ID).orElseThrow()).matches("~[A-Za-z0-9_-]{43}");
        Json raw = JsonReader.read(stored.text(Field.RAW).orElseThrow());
        assertThat(raw.get("user"))
                .isEqualTo(new Json.Text(stored.text(Field.USER_ID).orElseThrow()));
        AuditEvent shown = names.view.event(stored);
        if (Needles.quoted(value).equals(value)) {
            assertThat(shown).isEqualTo(event);
        } else {
            // How deep a name stood inside JSON inside a string is not known any more.
            Json whole = JsonReader.read(shown.text(Field.RAW).orElseThrow());
            assertThat(whole.get("user")).isEqualTo(new Json.Text(value));
            assertThat(shown.toBuilder().without(Field.RAW).build())
                    .isEqualTo(event.toBuilder().without(Field.RAW).build());
        }
        assertThat(disguise.disguised(event))
                .as("the same person, the same name")
                .isEqualTo(stored);
    }

    private static AuditEvent eventOf(String value) {
        Json raw = new Json.Obj(Map.of(
                "user", new Json.Text(value),
                "message", new Json.Text("for " + value + ", twice " + value),
                "nested",
                        new Json.Arr(
                                List.of(new Json.Text(new Json.Obj(Map.of("u", new Json.Text(value))).compact())))));
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .number(Field.RECEIVED, 1)
                .text(Field.USER_ID, value)
                .text(Field.USER_NAME, value)
                .texts(Field.USER_GROUPS, List.of("dev-team", value))
                .text(Field.DETAIL, "said by " + value + ".")
                .text(Field.HTTP_PATH, "/users/" + value + "/orders")
                .text(Field.RAW, raw.compact())
                .attribute("x-user", value)
                .build();
    }

    @Test
    void aValueThatLooksLikeAPseudonymIsTakenForAValue() throws IOException {
        Pseudonym alice = names.add("alice");
        AuditEvent forged =
                AuditEvent.builder().text(Field.USER_ID, alice.toString()).build();
        AuditEvent stored = disguise.disguised(forged);
        assertThat(stored.text(Field.USER_ID)).isNotEqualTo(forged.text(Field.USER_ID));
        assertThat(names.view.event(stored)).as("he does not become alice").isEqualTo(forged);
        assertThat(names.view.marks(names.view.event(stored))).isEmpty();
    }

    @Test
    void encodedSpellingsAreFound() throws IOException {
        AuditEvent stored = disguise.disguised(AuditEvent.builder()
                .text(Field.USER_ID, "alice b@example.com")
                .text(Field.HTTP_PATH, "/u/alice%20b%40example.com/x%2Fy")
                .text(Field.HTTP_QUERY, "q=alice+b@example.com&r=%E2%82%AC%zz")
                .text(Field.RAW, "{\"a\":\"\\u0061lice b@example.com\",\"n\":[1e400,-0]}")
                .build());
        String name = stored.text(Field.USER_ID).orElseThrow();
        assertThat(stored.text(Field.HTTP_PATH)).contains("/u/" + name + "/x%2Fy");
        assertThat(stored.text(Field.HTTP_QUERY)).contains("q=" + name + "&r=%E2%82%AC%zz");
        assertThat(stored.text(Field.RAW)).contains("{\"a\":\"" + name + "\",\"n\":[1e400,-0]}");
    }

    @Test
    void aShortValueIsReplacedOnlyWhereItStandsAlone() throws IOException {
        AuditEvent stored = disguise.disguised(AuditEvent.builder()
                .text(Field.USER_ID, "a")
                .text(Field.HTTP_PATH, "/a/cat/a")
                .text(Field.RAW, "{\"user\":\"a\",\"what\":\"a cat\"}")
                .build());
        String name = stored.text(Field.USER_ID).orElseThrow();
        assertThat(stored.text(Field.HTTP_PATH)).contains("/" + name + "/cat/" + name);
        assertThat(stored.text(Field.RAW)).contains("{\"user\":\"" + name + "\",\"what\":\"" + name + " cat\"}");
    }

    @Test
    void theLongerOfTwoNamesWins() throws IOException {
        AuditEvent event = AuditEvent.builder()
                .text(Field.SOURCE_ADDRESS, "10.0.0.1")
                .text(Field.USER_ID, "10.0.0.12")
                .text(Field.DETAIL, "10.0.0.12 via 10.0.0.1")
                .build();
        AuditEvent stored = disguise.disguised(event);
        assertThat(stored.text(Field.DETAIL))
                .contains(stored.text(Field.USER_ID).orElseThrow() + " via "
                        + stored.text(Field.SOURCE_ADDRESS).orElseThrow());
        assertThat(names.view.event(stored)).isEqualTo(event);
    }

    @Test
    void aNumberThatIsTheValueBecomesAName() throws IOException {
        AuditEvent stored = disguise.disguised(AuditEvent.builder()
                .text(Field.USER_ID, "4711")
                .text(Field.RAW, "{\"uid\":4711,\"other\":47110}")
                .build());
        assertThat(stored.text(Field.RAW))
                .contains("{\"uid\":\"" + stored.text(Field.USER_ID).orElseThrow() + "\",\"other\":47110}");
    }

    /// A field keeps 4,096 bytes; what was cut off must not stay in `raw`, nor its hash in the note.
    @Test
    void aValueOf60KilobytesGoesWhole() throws IOException {
        String value = "mallory-".repeat(7_500);
        AuditEvent event = AuditEvent.builder()
                .text(Field.USER_ID, value)
                .text(Field.RAW, "{\"user\":\"" + value + "\",\"path\":\"/x\"}")
                .build();
        assertThat(event.attributes().get("cut.user.id")).contains("sha256=");
        AuditEvent stored = disguise.disguised(event);
        assertThat(stored.text(Field.RAW))
                .contains("{\"user\":\"" + stored.text(Field.USER_ID).orElseThrow() + "\",\"path\":\"/x\"}");
        assertThat(stored.attributes()).containsEntry("cut.user.id", "length=60000");
        assertThat(new String(EventCodec.encode(stored.withReceived(1)).bytes(), StandardCharsets.UTF_8))
                .doesNotContain("mallory");
    }

    @Test
    void aLoneSurrogateDoesNotHideAValue() throws IOException {
        AuditEvent event = AuditEvent.builder()
                .text(Field.USER_ID, "al\uD800ice")
                .text(Field.RAW, "{\"user\":\"al\\ud800ice\"}")
                .build();
        AuditEvent stored = disguise.disguised(event);
        assertThat(stored.text(Field.RAW))
                .contains("{\"user\":\"" + stored.text(Field.USER_ID).orElseThrow() + "\"}");
        assertThat(stored.attributes().get("invalid_utf8.user.id")).doesNotContain("sha256");
    }

    @Test
    void anEmptyValueIsNoSubjectAndAnEventWithoutSubjectsStaysTheSame() throws IOException {
        AuditEvent event = AuditEvent.builder()
                .text(Field.USER_ID, "")
                .text(Field.USER_NAME, "alice")
                .text(Field.RAW, "{ \"b\" : 1 }")
                .build();
        assertThat(disguise.disguised(event)).isSameAs(event);
        assertThat(names.table.count()).isZero();
    }

    @Test
    void beyondTheLimitValuesAreReplacedForEverAndTheEventSaysSo() throws IOException {
        Path other = java.nio.file.Files.createDirectory(folder.resolve("other"));
        try (Names full = new Names(other, new Names.InMemoryRoot(), 1)) {
            EventDisguise wearing = full.disguise(other, SubjectField.USER_ID, SubjectField.USER_NAME);
            full.add("alice");
            AuditEvent stored = wearing.disguised(AuditEvent.builder()
                    .text(Field.USER_ID, "alice")
                    .text(Field.USER_NAME, "Alice Smith")
                    .text(Field.DETAIL, "Alice Smith called")
                    .build());
            assertThat(stored.toString()).doesNotContain("Alice Smith");
            assertThat(stored.attributes()).containsEntry("privacy.unresolvable", "user.name");
            AuditEvent shown = full.view.event(stored);
            assertThat(shown.text(Field.USER_ID)).contains("alice");
            assertThat(full.view.marks(shown)).isEqualTo(Map.of("user.name", "unresolvable"));
        }
    }

    @Test
    void fingerprintsAreKeyedAndTheKeyCanBeRenewed() throws IOException {
        FingerprintKey key = FingerprintKey.open(names.host, folder.resolve("key"));
        byte[] before = key.of(new byte[] {1});
        assertThat(FingerprintKey.open(names.host, folder.resolve("key")).of(new byte[] {1}))
                .isEqualTo(before);
        key.renew();
        assertThat(key.of(new byte[] {1})).isNotEqualTo(before);
        assertThat(FingerprintKey.open(names.host, folder.resolve("key")).of(new byte[] {1}))
                .isEqualTo(key.of(new byte[] {1}));
        List<Submission> stored = disguise.of(List.of(
                new Submission(AuditEvent.builder().build(), "p", new byte[] {1}),
                new Submission(AuditEvent.builder().build(), "p", null)));
        assertThat(stored.getFirst().identity()).hasSize(32);
        assertThat(stored.getLast().identity()).isNull();
    }

    @Test
    void anErasedSubjectKeepsItsPseudonymAndSaysSo() throws IOException {
        AuditEvent event = eventOf("alice@example.com");
        AuditEvent stored = disguise.disguised(event);
        Pseudonym alice = names.table.find("alice@example.com").orElseThrow();
        names.erase(alice);
        AuditEvent shown = names.view.event(stored);
        assertThat(shown.text(Field.USER_ID)).contains(alice.toString());
        assertThat(shown.toString()).doesNotContain("alice@example.com").contains("dev-team");
        assertThat(names.view.marks(shown))
                .isEqualTo(Map.of("user.id", "erased", "user.name", "erased", "user.groups", "erased"));
    }
}
