package io.meshtrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBatchesTest {
    private static List<LineBatches.Lines> cut(byte[] text, int most) throws IOException {
        List<LineBatches.Lines> all = new ArrayList<>();
        try (LineBatches batches = new LineBatches(new ByteArrayInputStream(text), most)) {
            for (LineBatches.Lines lines = batches.next(); lines.bytes().length > 0; lines = batches.next()) {
                all.add(lines);
            }
        }
        return all;
    }

    @Test
    void batchesAreWholeLinesThatTogetherAreTheStream() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            int lines = random.nextInt(200);
            for (int i = 0; i < lines; i++) {
                text.append("x".repeat(random.nextInt(4_000))).append('\n');
            }
            text.append("y".repeat(random.nextInt(3)));
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            long line = 1;
            List<LineBatches.Lines> all = cut(bytes, 10_000);
            for (LineBatches.Lines each : all) {
                assertThat(each.first()).as("seed %d", seed).isEqualTo(line);
                line += each.count();
                together.writeBytes(each.bytes());
                boolean isLast = together.size() == bytes.length;
                assertThat(isLast || each.bytes()[each.bytes().length - 1] == '\n')
                        .as("seed %d", seed)
                        .isTrue();
            }
            assertThat(together.toByteArray()).as("seed %d", seed).isEqualTo(bytes);
            assertThat(line - 1)
                    .as("seed %d", seed)
                    .isEqualTo(text.toString().lines().count());
        }
    }

    @Test
    void aLineLongerThanABatchStaysWhole() throws IOException {
        byte[] text = ("a\n" + "b".repeat(300_000) + "\nc").getBytes(StandardCharsets.UTF_8);
        List<LineBatches.Lines> all = cut(text, 1_000);
        assertThat(all).extracting(LineBatches.Lines::count).containsExactly(1L, 1L, 1L);
    }

    @Test
    void anEmptyStreamHasNoBatches() throws IOException {
        assertThat(cut(new byte[0], 1_000)).isEmpty();
    }
}
