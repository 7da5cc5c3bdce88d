package io.meshtrail.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One event, one sequence of bytes, and nothing else is an entry.
class EventCodecTest {
    private static final long SEED = Long.getLong("seed", 20_261_124L);
    private static final String[] PIECES = {
        "a",
        "\"",
        "\\",
        "/",
        "\t",
        "\n",
        "\r",
        "\b",
        "\f",
        "\u0000",
        "\u0007",
        "\u001f",
        "\u007f",
        "é",
        "\u2028",
        "\uFEFF",
        "\uFFFF",
        "\uD83D\uDE00",
        "e\u0301",
        "{",
        "}",
        "[",
        ",",
        "' OR 1=1",
        "%",
        "_",
        "\uE000"
    };

    @Test
    void randomEventsDecodeToThemselvesAndASecondImplementationWritesTheSameBytes() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 3_000; round++) {
            AuditEvent event = randomEvent(random);
            byte[] entry = EventCodec.encode(event).bytes();
            assertThat(EventCodec.decode(entry))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(event);
            String text = new String(entry, StandardCharsets.UTF_8);
            assertThat(EntryVectorsTest.canonical(text))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(text);
        }
    }

    @Test
    void randomBytesAndBrokenEntriesAreNoEntriesAndNothingElseHappens() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] entry = EventCodec.encode(randomEvent(random)).bytes();
            byte[] broken = entry.clone();
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                AuditEvent event = EventCodec.decode(broken);
                assertThat(EventCodec.encode(event).bytes())
                        .as("seed %d, round %d", SEED, round)
                        .isEqualTo(broken);
            } catch (EntryFormatException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"v\":1}",
                "{\"received\":\"2026-11-24T12:00:00.000000000Z\"}",
                "{\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":2}",
                "{\"v\":1,\"received\":\"2026-11-24T12:00:00.000000000Z\"}",
                "{ \"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1} ",
                "{\"received\":\"2026-11-24T12:00:00Z\",\"v\":1}",
                "{\"received\":\"2026-11-24T13:00:00.000000000+01:00\",\"v\":1}",
                "{\"kind\":null,\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"http.status\":200.0,\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"http.status\":0200,\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"http.status\":9007199254740992,\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"kind\":\"a\",\"kind\":\"b\",\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"kind\":\"\\u0041\",\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"kind\":\"\\/\",\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"leafIndex\":1,\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}",
                "{\"unknown\":\"x\",\"received\":\"2026-11-24T12:00:00.000000000Z\",\"v\":1}"
            })
    void whatIsNotCanonicalIsNoEntry(String text) {
        assertThatThrownBy(() -> EventCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EntryFormatException.class);
    }

    @Test
    void theTimeOfReceiptCanBeSetInPlace() throws Exception {
        AuditEvent event = AuditEvent.builder()
                .text(Field.HTTP_PATH, "/received")
                .number(Field.RECEIVED, 1)
                .build();
        Entry entry = EventCodec.encode(event);
        entry.setReceived(1_764_000_000_123_456_789L);
        assertThat(EventCodec.decode(entry.bytes())).isEqualTo(event.withReceived(1_764_000_000_123_456_789L));
    }

    @Test
    void hostileTextIsMendedAndSaid() {
        byte[] invalid = {'a', (byte) 0xC3, '(', (byte) 0xFF};
        AuditEvent event = AuditEvent.builder()
                .utf8(Field.HTTP_PATH, invalid, 0, invalid.length)
                .text(Field.USER_AGENT, "x".repeat(5_000))
                .text(Field.DETAIL, "lone \uD800 surrogate")
                .attribute("odd name\n", "v")
                .number(Field.RECEIVED, 0)
                .build();
        assertThat(event.text(Field.HTTP_PATH))
                .hasValueSatisfying(path -> assertThat(path).startsWith("a\uFFFD"));
        assertThat(event.text(Field.USER_AGENT).orElseThrow()).hasSize(4_096);
        assertThat(event.text(Field.DETAIL)).contains("lone \uFFFD surrogate");
        assertThat(event.attributes())
                .containsKeys("invalid_utf8.http.path", "cut.user.agent", "invalid_utf8.detail", "odd_name_");
        assertThat(event.attributes().get("cut.user.agent")).startsWith("length=5000 sha256=");
    }

    @Test
    void anEventOfManyLongTextsIsMadeToFit() {
        AuditEvent.Builder builder = AuditEvent.builder().number(Field.RECEIVED, 0);
        for (Field field : Field.values()) {
            if (field.type() == Field.Type.TEXT) {
                builder.text(field, "\u0001".repeat(4_000));
            }
        }
        AuditEvent fitting = Fitting.fit(builder.build());
        assertThat(EventCodec.encode(fitting).length()).isLessThanOrEqualTo(EventCodec.MAX_ENTRY);
        assertThat(fitting.attributes()).containsKey("cut.user.name");
    }

    static AuditEvent randomEvent(SplittableRandom random) {
        AuditEvent.Builder builder = AuditEvent.builder().number(Field.RECEIVED, random.nextLong(1L << 62));
        for (Field field : Field.values()) {
            if (field == Field.RECEIVED || random.nextInt(4) != 0) {
                continue;
            }
            switch (field.type()) {
                case TEXT, JSON -> builder.text(field, randomText(random));
                case INTEGER -> builder.number(field, random.nextLong(1L << 53));
                case TIME -> builder.number(field, random.nextLong());
                case TEXTS -> {
                    List<String> texts = new ArrayList<>();
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        texts.add(randomText(random));
                    }
                    builder.texts(field, texts);
                }
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            builder.attribute("name" + random.nextInt(50), randomText(random));
        }
        return builder.build();
    }

    private static String randomText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
