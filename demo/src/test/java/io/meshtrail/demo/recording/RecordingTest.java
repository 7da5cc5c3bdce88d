package io.meshtrail.demo.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.demo.cast.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

final class RecordingTest {
    @Test
    void theBundledRecordingCoversEveryCase() throws IOException {
        Frame last = Recording.bundled().frames().getLast();
        assertThat(last.kind()).isEqualTo(Frame.Kind.TALLY);
        Map<String, Long> made =
                JsonMapper.builder().build().readValue(last.bytes(), new TypeReference<Map<String, Long>>() {});
        for (Case each : Case.values()) {
            assertThat(made.get(each.label())).as(each.label()).isPositive();
        }
    }

    @Test
    void everyStreamOfTheRecordingBeginsWithItsIdentifier() throws IOException {
        Set<Integer> seen = new HashSet<>();
        for (Frame frame : Recording.bundled().frames()) {
            if (frame.kind() == Frame.Kind.ACCESS_LOGS) {
                boolean first = seen.add(frame.stream());
                assertThat(Freshening.identifier(frame.bytes()).length > 0).isEqualTo(first);
            }
        }
        assertThat(seen).hasSizeGreaterThan(9);
    }

    @Test
    void freshMessagesDifferFromOldOnesInTimesAndIdsOnlyAndTheSameWayEachTime() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] mask = new byte[32];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) random.nextInt(16);
        }
        Freshening there = new Freshening(1_000_003, mask);
        Freshening back = new Freshening(-1_000_003, mask);
        int different = 0;
        for (Frame frame : Recording.bundled().frames()) {
            if (frame.kind() == Frame.Kind.ACCESS_LOGS) {
                byte[] fresh = there.apply(frame.bytes());
                assertThat(fresh).hasSameSizeAs(frame.bytes());
                assertThat(back.apply(fresh)).isEqualTo(frame.bytes());
                different += Arrays.equals(fresh, frame.bytes()) ? 0 : 1;
            }
        }
        assertThat(different).isGreaterThan(500);
    }

    @Test
    void aTraceKeepsOneIdOverAllItsHops() throws IOException {
        Freshening freshening = new Freshening(0, new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1, 2
        });
        List<Frame> frames = Recording.bundled().frames();
        String trace = frames.stream()
                .filter(frame -> frame.kind() == Frame.Kind.ACCESS_LOGS)
                .map(frame -> new String(frame.bytes(), StandardCharsets.ISO_8859_1))
                .filter(text -> text.contains("/orders/checkout"))
                .map(text -> text.substring(text.indexOf("trace.id") + 10))
                .map(text -> text.substring(text.charAt(0) == ' ' ? 1 : 0).substring(0, 32))
                .findFirst()
                .orElseThrow();
        assertThat(trace).matches("[0-9a-f]{32}");
        int before = occurrences(frames, trace, null);
        StringBuilder renamed = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            renamed.append(Character.forDigit(Character.digit(trace.charAt(i), 16) ^ (i % 15 + 1), 16));
        }
        assertThat(before).isGreaterThanOrEqualTo(6);
        assertThat(occurrences(frames, renamed.toString(), freshening)).isEqualTo(before);
        assertThat(occurrences(frames, trace, freshening)).isZero();
    }

    private static int occurrences(List<Frame> frames, String text, @org.jspecify.annotations.Nullable Freshening by) {
        int count = 0;
        for (Frame frame : frames) {
            if (frame.kind() == Frame.Kind.ACCESS_LOGS) {
                byte[] bytes = by == null ? frame.bytes() : by.apply(frame.bytes());
                String whole = new String(bytes, StandardCharsets.ISO_8859_1);
                for (int at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
                    count++;
                }
            }
        }
        return count;
    }

    @Test
    void anAuditEventIsToldAsIfItHappenedNow() {
        String old = "{\"auditID\":\"a\",\"requestReceivedTimestamp\":\"2026-11-24T10:00:00.123456Z\","
                + "\"metadata\":{\"creationTimestamp\":\"2026-11-24T09:59:00Z\",\"resourceVersion\":\"1795000000000\"}}";
        String fresh = AuditFreshening.apply(old.getBytes(StandardCharsets.UTF_8), Duration.ofHours(1));
        assertThat(fresh)
                .contains("\"requestReceivedTimestamp\":\"2026-11-24T11:00:00.123456Z\"")
                .contains("\"creationTimestamp\":\"2026-11-24T10:59:00Z\"")
                .contains("\"resourceVersion\":\"1795003600000\"")
                .doesNotContain("\"auditID\":\"a\"");
    }

    @Test
    void aBrokenFileIsRefusedWithItsName(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("no.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(new byte[20]);
        }
        assertThatThrownBy(() -> Recording.read(file))
                .hasMessageContaining("no.gz")
                .hasMessageContaining("no recording");
    }
}
