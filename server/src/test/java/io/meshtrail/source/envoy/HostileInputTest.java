package io.meshtrail.source.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Fitting;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever a stream sends gives events or rejections, and never costs the record of another entry.
final class HostileInputTest {
    private static final byte[] BROKEN_ENTRY = {0x0A, 0x7F, 1};

    @Test
    void aStreamThatNeverSaysWhoItIsLosesNothing() {
        byte[] message = Entries.message(Entries.request().build()).toBuilder()
                .clearIdentifier()
                .build()
                .toByteArray();
        AlsStreamDecoder decoder = new AlsStreamDecoder(Mask.DEFAULT);
        AuditEvent event = only(decoder.message(message, Entries.RECEIVED));
        assertThat(decoder.producer()).isEqualTo("unknown");
        assertThat(event.attributes()).containsEntry("producer_unidentified", "true");
        assertThat(event.text(Field.OUTCOME)).contains("allowed");
        assertThat(event.text(Field.MESH)).contains("envoy");
    }

    @Test
    void theFirstMessageNamesTheStreamAndLaterOnesNeedNot() {
        StreamAccessLogsMessage first = Entries.message(Entries.request().build());
        AlsStreamDecoder decoder = new AlsStreamDecoder(Mask.DEFAULT);
        decoder.message(first.toByteArray(), Entries.RECEIVED);
        AuditEvent second =
                only(decoder.message(first.toBuilder().clearIdentifier().build().toByteArray(), Entries.RECEIVED));
        assertThat(decoder.producer()).isEqualTo(Entries.ORDERS);
        assertThat(second.text(Field.PRODUCER_ID)).contains(Entries.ORDERS);
    }

    @Test
    void aBrokenEntryIsRejectedAndTheOthersAreNot() {
        HTTPAccessLogEntry good = Entries.request().build();
        byte[] message = withEntries(good.toByteArray(), BROKEN_ENTRY, good.toByteArray());
        List<Decoded> decoded = Entries.decode(message);
        assertThat(decoded).hasSize(3);
        assertThat(decoded.get(0)).isInstanceOf(Decoded.Event.class);
        assertThat(decoded.get(1)).isInstanceOfSatisfying(Decoded.Rejection.class, rejection -> {
            assertThat(rejection.line()).isEqualTo(2);
            assertThat(rejection.reason()).startsWith("HTTP log entry 2: a field of 127 bytes where 1 are left");
        });
        assertThat(decoded.get(2)).isInstanceOf(Decoded.Event.class);
    }

    @Test
    void aMessageCutAnywhereGivesTheEntriesBeforeTheCutAndAtMostOneRejection() {
        HTTPAccessLogEntry entry = Entries.request().build();
        byte[] message = Entries.message(entry, entry, entry).toByteArray();
        int entryLength = entry.getSerializedSize() + 3;
        int start = message.length - 3 * entryLength;
        for (int length = 0; length < message.length; length++) {
            List<Decoded> decoded = Entries.decode(Arrays.copyOf(message, length));
            long events =
                    decoded.stream().filter(Decoded.Event.class::isInstance).count();
            assertThat(events).isEqualTo(length < start ? 0 : (length - start) / entryLength);
            assertThat(decoded.size() - events).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void anEmptyEntryTellsNothing() {
        assertThat(Entries.decode(withEntries(new byte[0]))).hasOnlyElementsOfType(Decoded.Ignored.class);
    }

    @Test
    void aMessageOfGarbageGivesOneRejection() {
        byte[] garbage = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(Entries.decode(garbage)).hasSize(1).hasOnlyElementsOfType(Decoded.Rejection.class);
    }

    @Test
    void invalidUtf8IsMendedAndNoted() {
        HTTPAccessLogEntry.Builder entry = Entries.request();
        entry.getRequestBuilder().setPath("/PATH").setReferer("REFERER");
        byte[] bytes = entry.build().toByteArray();
        overwrite(bytes, "PATH", (byte) 0xC3);
        overwrite(bytes, "REFERER", (byte) 0xFF);
        AuditEvent event = only(Entries.decode(withEntries(bytes)));
        assertThat(event.text(Field.HTTP_PATH)).contains("/\uFFFDATH");
        assertThat(event.attributes())
                .containsEntry("referer", "\uFFFDEFERER")
                .containsKeys("invalid_utf8.http.path", "invalid_utf8.referer");
    }

    @Test
    void aTimeThatCannotBeIsKeptAsAClaim() {
        for (long seconds : new long[] {0, 1_000, 4_102_444_800L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            HTTPAccessLogEntry.Builder entry = Entries.request();
            entry.getCommonPropertiesBuilder()
                    .setStartTime(Timestamp.newBuilder().setSeconds(seconds).setNanos(-1));
            AuditEvent event = Entries.event(entry);
            assertThat(event.number(Field.TIME)).hasValue(Entries.RECEIVED);
            assertThat(event.attributes()).containsKey("claimed_time");
        }
    }

    @Test
    void anOverlongPathIsCutAndNoted() {
        HTTPAccessLogEntry.Builder entry = Entries.request();
        entry.getRequestBuilder().setPath("/" + "a".repeat(100_000));
        AuditEvent event = Entries.event(entry);
        assertThat(event.text(Field.HTTP_PATH).orElseThrow()).hasSize(16_384);
        assertThat(event.attributes().get("cut.http.path")).startsWith("length=100001 sha256=");
    }

    @Test
    void thousandsOfTagsAreCountedAndNotKept() {
        HTTPAccessLogEntry.Builder entry = Entries.request();
        IntStream.range(0, 5_000)
                .forEach(i -> entry.getCommonPropertiesBuilder().putCustomTags("tag" + i, "v".repeat(100)));
        AuditEvent event = Entries.event(entry);
        assertThat(event.attributes()).hasSizeLessThan(FreeTexts.LIMIT + 10);
        assertThat(event.attributes()).containsEntry("cut.attributes", "4936 dropped: more than 64");
        assertThat(entryLength(event)).isLessThanOrEqualTo(65_535);
    }

    @Test
    void unknownFieldsAndGroupsAreSkipped() {
        UnknownFieldSet group = UnknownFieldSet.newBuilder()
                .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                .build();
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        1_000,
                        UnknownFieldSet.Field.newBuilder().addGroup(group).build())
                .addField(
                        1_001,
                        UnknownFieldSet.Field.newBuilder()
                                .addFixed32(1)
                                .addFixed64(2)
                                .build())
                .addField(
                        1_002,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.EMPTY)
                                .build())
                .build();
        HTTPAccessLogEntry.Builder entry = Entries.request().setUnknownFields(unknown);
        entry.getCommonPropertiesBuilder().setUnknownFields(unknown);
        assertThat(Entries.event(entry)).isEqualTo(Entries.event(Entries.request()));
    }

    @Test
    void groupsWithoutEndAreRejected() {
        byte[] starts = new byte[100_000];
        Arrays.fill(starts, (byte) 0x2B);
        assertThat(Entries.decode(withEntries(starts))).hasSize(1).hasOnlyElementsOfType(Decoded.Rejection.class);
    }

    @Test
    void mutatedRecordingsNeverThrowAndLeaveOtherEntriesIntact() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AlsStreamDecoder under random bytes: -Dseed=" + seed);
        Random random = new Random(seed);
        List<byte[]> entries = recordedEntries();
        byte[] good = Entries.request().build().toByteArray();
        AuditEvent intact = only(Entries.decode(withEntries(good)));
        AlsStreamDecoder decoder = new AlsStreamDecoder(Mask.DEFAULT);
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = mutate(entries.get(random.nextInt(entries.size())).clone(), random);
            List<Decoded> decoded = decoder.message(withEntries(good, mutated, good), Entries.RECEIVED);
            assertThat(decoded).as("seed %d round %d", seed, round).hasSize(3);
            assertThat(event(decoded.get(0))).isEqualTo(intact);
            assertThat(event(decoded.get(2))).isEqualTo(intact);
            if (decoded.get(1) instanceof Decoded.Event event) {
                assertThat(entryLength(event.event())).isPositive();
            }
        }
    }

    @Test
    void randomBytesNeverThrow() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AlsStreamDecoder under random messages: -Dseed=" + seed);
        Random random = new Random(seed);
        List<byte[]> messages = GoldenFiles.inputs().stream()
                .flatMap(file -> GoldenFiles.messages(file).stream())
                .filter(message -> message.length < 10_000)
                .toList();
        AlsStreamDecoder decoder = new AlsStreamDecoder(Mask.DEFAULT);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            decoder.message(noise, Entries.RECEIVED);
            decoder.message(mutate(messages.get(random.nextInt(messages.size())).clone(), random), Entries.RECEIVED);
        }
    }

    /// The length of the entry that the ledger would keep.
    private static int entryLength(AuditEvent event) {
        AuditEvent received =
                event.toBuilder().number(Field.RECEIVED, Entries.RECEIVED).build();
        return EventCodec.encode(Fitting.fit(received)).length();
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)) : bytes;
    }

    private static List<byte[]> recordedEntries() {
        return GoldenFiles.inputs().stream()
                .filter(file -> !file.toString().contains("rejected"))
                .flatMap(file -> GoldenFiles.decode(file).stream())
                .filter(Decoded.Event.class::isInstance)
                .map(decoded -> ((Decoded.Event) decoded).record())
                .toList();
    }

    /// A message with these bytes as its HTTP entries, whatever they are.
    private static byte[] withEntries(byte[]... entries) {
        UnknownFieldSet.Field.Builder list = UnknownFieldSet.Field.newBuilder();
        for (byte[] entry : entries) {
            list.addLengthDelimited(ByteString.copyFrom(entry));
        }
        ByteString logs =
                UnknownFieldSet.newBuilder().addField(1, list.build()).build().toByteString();
        UnknownFieldSet message = UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(Entries.identifier(Entries.ORDERS)
                                        .build()
                                        .toByteString())
                                .build())
                .addField(
                        2,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(logs)
                                .build())
                .build();
        return message.toByteArray();
    }

    private static void overwrite(byte[] bytes, String text, byte value) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        bytes[at] = value;
    }

    private static AuditEvent only(List<Decoded> decoded) {
        assertThat(decoded).hasSize(1);
        return event(decoded.getFirst());
    }

    private static AuditEvent event(Decoded decoded) {
        if (decoded instanceof Decoded.Event event) {
            return event.event();
        }
        throw new AssertionError("no event: " + decoded);
    }
}
