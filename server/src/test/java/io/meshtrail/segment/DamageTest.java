package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.host.system.SystemDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to a segment's file, the check names it.
class DamageTest {
    @TempDir
    private Path data;

    private SegmentFiles files;
    private Segment segment;
    private TableEngine engine;
    private SegmentCheck check;
    private byte[] good;

    @BeforeEach
    void seal() throws IOException {
        files = new SegmentFiles(data);
        try (Store store = new Store(data)) {
            segment = store.seal("security", 0, SampleEvents.requests(11, 0, 2_560));
        }
        engine = DuckDbEngine.open(
                new EngineSettings(256L << 20, 1, data.resolve("temporary"), List.of(files.folder()), 1, false));
        check = new SegmentCheck(engine, new SystemDisk(), files);
        good = Files.readAllBytes(files.of(segment));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void anUntouchedFilePasses() {
        assertThatCode(() -> check.check(segment)).doesNotThrowAnyException();
    }

    @Test
    void oneFlippedBitAnywhereIsNamed() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int unseenByRows = 0;
        for (int i = 0; i < 60; i++) {
            int at = random.nextInt(good.length);
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(files.of(segment), bad);
            assertThatThrownBy(() -> check.check(segment))
                    .as("byte %d, seed %d", at, seed)
                    .isInstanceOf(SegmentDamagedException.class)
                    .hasMessageContaining("security/" + segment.file())
                    .hasMessageContaining("0..2560")
                    .hasMessageContaining("SHA-256");
            try {
                check.checkRows(segment);
                unseenByRows++;
            } catch (SegmentDamagedException seen) {
                assertThat(seen.segment()).isEqualTo(segment);
            }
        }
        // Statistics, names in the footer and the like do not change a row; only the SHA-256 covers them.
        System.out.println("flips that no row shows: " + unseenByRows + " of 60");
    }

    @Test
    void aCutOrGrownOrMissingFileIsNamed() throws IOException {
        Files.write(files.of(segment), java.util.Arrays.copyOf(good, good.length - 1));
        assertThatThrownBy(() -> check.check(segment)).hasMessageContaining("bytes");
        Files.write(files.of(segment), java.util.Arrays.copyOf(good, good.length + 1));
        assertThatThrownBy(() -> check.check(segment)).hasMessageContaining("bytes");
        Files.delete(files.of(segment));
        assertThatThrownBy(() -> check.check(segment)).hasMessageContaining("missing");
        assertThat(files.of(segment)).doesNotExist();
    }

    @Test
    void aForgedFileWithARecordedSumStillFailsByItsRoot() throws IOException {
        Segment forged;
        try (Store store = new Store(data)) {
            forged = store.seal("security", 0, SampleEvents.requests(12, 0, 2_560));
        }
        Segment claimed = new Segment(
                "security",
                0,
                2_560,
                segment.root(),
                forged.file(),
                forged.bytes(),
                forged.sha256(),
                forged.firstTime(),
                forged.lastTime());
        assertThatThrownBy(() -> check.check(claimed))
                .isInstanceOf(SegmentDamagedException.class)
                .hasMessageContaining(segment.root().base64());
    }
}
