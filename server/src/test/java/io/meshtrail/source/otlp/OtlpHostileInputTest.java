package io.meshtrail.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Fitting;
import io.meshtrail.json.JsonException;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.GoldenFolder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Mutations;
import io.meshtrail.source.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any bytes give events, ignored records or rejections, in both encodings, and no secret of a record
/// gets into an entry.
final class OtlpHostileInputTest {
    private static final int ROUNDS = 6_000;
    private static final ToldAsDecoded DECODER = new ToldAsDecoded();
    private static final String SECRET = "Zm9vYmFyMTIzNDU2Nzg5MHF1eA";

    @ParameterizedTest
    @ValueSource(longs = {20_261_124L})
    void damagedSamplesNeverThrow(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> samples = new ArrayList<>(new GoldenFolder(OtlpLogDecoder.FORMAT, DECODER).inputs());
        for (byte[] sample : List.copyOf(samples)) {
            String text = Utf8.of(sample, 0, sample.length).text();
            if (text.startsWith("{\n")) {
                samples.add(ExportBytes.of(text));
            }
        }
        Mutations mutations = new Mutations(random, samples);
        int events = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = random.nextBoolean() ? mutations.next() : flipped(samples, random);
            try {
                events += check(DECODER.decode(input, Hints.none(GoldenFolder.RECEIVED)));
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError(
                        "seed " + seed + ", round " + round + ": "
                                + HexFormat.of().formatHex(input),
                        broken);
            }
        }
        assertThat(events).isGreaterThan(ROUNDS / 2);
    }

    /// A whole export with a few bits changed.
    private static byte[] flipped(List<byte[]> samples, Random random) {
        byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return bytes;
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
    void deepValuesAreCutAndNotFollowed() throws JsonException {
        byte[] deep = {};
        for (int i = 0; i < 100_000 && deep.length < 200_000; i++) {
            deep = wrapped(5, wrapped(1, deep));
        }
        byte[] export = wrapped(1, wrapped(2, wrapped(2, wrapped(5, deep))));
        assertThat(DECODER.decode(export, Hints.none(GoldenFolder.RECEIVED))).hasSize(1);
    }

    private static byte[] wrapped(int field, byte[] bytes) {
        byte[] head = new byte[6];
        int at = 0;
        head[at++] = (byte) (field << 3 | 2);
        int rest = bytes.length;
        while (rest > 0x7F) {
            head[at++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        head[at++] = (byte) rest;
        byte[] all = Arrays.copyOf(head, at + bytes.length);
        System.arraycopy(bytes, 0, all, at, bytes.length);
        return all;
    }

    @Test
    void secretsOfRecordsAreNowhereInAnEntry() throws Exception {
        for (String record : List.of(
                "'attributes':[{'key':'response_code','value':{'stringValue':'200'}},"
                        + "{'key':'path','value':{'stringValue':'/a?token=~'}}]",
                "'attributes':[{'key':'response_code','value':{'stringValue':'200'}},"
                        + "{'key':'authorization','value':{'stringValue':'~'}}]",
                "'attributes':[{'key':'response_code','value':{'stringValue':'200'}}],"
                        + "'body':{'stringValue':'got Bearer ~'}",
                "'attributes':[{'key':'audit.action','value':{'stringValue':'READ'}},"
                        + "{'key':'audit.actor.id','value':{'stringValue':'me'}},"
                        + "{'key':'password','value':{'stringValue':'~'}}]",
                "'attributes':[{'key':'audit.action','value':{'stringValue':'READ'}},"
                        + "{'key':'audit.actor.id','value':{'stringValue':'me'}}],"
                        + "'body':{'stringValue':'https://u:~@h/'}")) {
            String export = ("{'resourceLogs':[{'scopeLogs':[{'logRecords':[{" + record + "}]}]}]}")
                    .replace('\'', '"')
                    .replace("~", SECRET);
            List<Decoded> decoded =
                    DECODER.decode(export.getBytes(StandardCharsets.UTF_8), Hints.none(GoldenFolder.RECEIVED));
            AuditEvent event = ((Decoded.Event) decoded.getFirst()).event();
            String entry = new String(
                    EventCodec.encode(event.toBuilder()
                                    .number(Field.RECEIVED, GoldenFolder.RECEIVED)
                                    .build())
                            .bytes(),
                    StandardCharsets.UTF_8);
            assertThat(entry).doesNotContain(SECRET).contains("[masked]");
        }
    }

    @Test
    void theSameRecordOfTwoPodsIsTwoAndOfOnePodIsOne() {
        String two = "{'resourceLogs':[" + pod("a") + "," + pod("b") + "," + pod("a") + "]}";
        List<byte[]> identities = DECODER
                .decode(two.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Hints.none(GoldenFolder.RECEIVED))
                .stream()
                .map(decoded -> ((Decoded.Event) decoded).record())
                .toList();
        assertThat(identities.get(0)).isNotEqualTo(identities.get(1)).isEqualTo(identities.get(2));
    }

    private static String pod(String name) {
        return "{'resource':{'attributes':[{'key':'k8s.pod.name','value':{'stringValue':'" + name + "'}}]},"
                + "'scopeLogs':[{'logRecords':[{'timeUnixNano':'1787313601000000001',"
                + "'attributes':[{'key':'response_code','value':{'intValue':'200'}}]}]}]}";
    }
}
