package io.meshtrail.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.app.Decoders;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Fitting;
import io.meshtrail.mask.Mask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any bytes give events, ignored records or rejections, and each event has an entry that decodes to
/// itself.
final class HostileInputTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {20_261_124L})
    void damagedSamplesNeverThrow(long seed) throws Exception {
        Random random = new Random(seed);
        for (Decoder decoder : Decoders.all(Mask.DEFAULT)) {
            Mutations mutations = new Mutations(random, new GoldenFolder(decoder.format(), decoder).inputs());
            int events = 0;
            for (int round = 0; round < ROUNDS; round++) {
                byte[] input = mutations.next();
                try {
                    events += check(decoder.decode(input, Hints.none(GoldenFolder.RECEIVED)));
                } catch (RuntimeException | AssertionError broken) {
                    throw new AssertionError(
                            decoder.format() + ", seed " + seed + ", round " + round + ": "
                                    + new String(input, StandardCharsets.UTF_8),
                            broken);
                }
            }
            assertThat(events).as(decoder.format()).isGreaterThan(ROUNDS / 10);
        }
    }

    private static int check(List<Decoded> decoded) throws Exception {
        int events = 0;
        for (Decoded one : decoded) {
            if (one instanceof Decoded.Event(AuditEvent event, byte[] record, var _)) {
                events++;
                assertThat(record).isNotEmpty();
                assertThat(event.has(Field.TIME)).isTrue();
                assertThat(event.has(Field.KIND)).isTrue();
                assertThat(event.has(Field.OUTCOME)).isTrue();
                AuditEvent fitting = Fitting.fit(event.toBuilder()
                        .number(Field.RECEIVED, GoldenFolder.RECEIVED)
                        .build());
                assertThat(EventCodec.decode(EventCodec.encode(fitting).bytes()))
                        .isEqualTo(fitting);
            } else if (one instanceof Decoded.Rejection(int line, String reason)) {
                assertThat(line).isPositive();
                assertThat(reason).isNotBlank();
            }
        }
        return events;
    }

    @Test
    void deepAndHugeInputsAreAnsweredInTimeAndSpace() {
        for (Decoder decoder : Decoders.all(Mask.DEFAULT)) {
            for (String text : List.of(
                    "[".repeat(1_000_000),
                    "{\"a\":".repeat(300_000),
                    "{\"start_time\":" + "9".repeat(500_000) + "}",
                    "{\"items\":[" + "1,".repeat(200_000) + "1]}",
                    "{\"user_agent\":\"" + "eyJ".repeat(200_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "eyJa.".repeat(100_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "a=b:".repeat(200_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "token=".repeat(100_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "token:[masked]".repeat(50_000) + "\\n\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "bearer ".repeat(100_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "://a:".repeat(100_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "-----BEGIN ".repeat(60_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "%25".repeat(200_000) + "\",\"response_code\":1}",
                    "{\"user_agent\":\"" + "{\\\"a\\\":".repeat(60_000) + "\",\"response_code\":1}",
                    "\n".repeat(500_000))) {
                assertThat(decoder.decode(text.getBytes(StandardCharsets.UTF_8), Hints.none(GoldenFolder.RECEIVED)))
                        .isNotEmpty();
            }
        }
    }
}
