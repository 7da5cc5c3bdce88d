package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static Segment segment(String ledger, long from, long to) {
        Hash hash = Hash.leaf(new byte[] {(byte) from, (byte) to});
        return new Segment(ledger, from, to, hash, SegmentFiles.name(from, to), 1_000 + to, hash, -5, to);
    }

    private static Manifest sample() throws ManifestException {
        return Manifest.of(List.of(
                segment("traffic", 0, 512),
                segment("control", 512, 1_024),
                segment("control", 1_024, 1_280),
                segment("traffic-pci", 0, 256)));
    }

    @Test
    void whatIsPrintedIsReadBack() throws ManifestException {
        Manifest manifest = sample();
        assertThat(ManifestText.parse(ManifestText.print(manifest)).segments()).isEqualTo(manifest.segments());
        assertThat(ManifestText.parse(ManifestText.print(Manifest.EMPTY)).segments())
                .isEmpty();
        assertThat(manifest.sealedSize("control")).isEqualTo(1_280);
        assertThat(manifest.sealedSize("nothing")).isZero();
        assertThat(manifest.ledgers()).containsExactly("control", "traffic", "traffic-pci");
    }

    @Test
    void everyChangedByteIsRefusedWithWords() throws ManifestException {
        byte[] good = ManifestText.print(sample());
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> ManifestText.parse(bad))
                        .as("byte %d, bit %d", at, bit)
                        .isInstanceOf(ManifestException.class)
                        .hasMessageStartingWith("manifest");
            }
        }
    }

    @Test
    void everyCutAndEveryLineMoreOrLessIsRefused() throws ManifestException {
        byte[] good = ManifestText.print(sample());
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> ManifestText.parse(cut)).isInstanceOf(ManifestException.class);
        }
        List<String> lines = new String(good, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            StringBuilder without = new StringBuilder();
            StringBuilder twice = new StringBuilder();
            for (int j = 0; j < lines.size(); j++) {
                without.append(j == i ? "" : lines.get(j) + "\n");
                twice.append(lines.get(j)).append('\n').append(j == i ? lines.get(j) + "\n" : "");
            }
            for (StringBuilder bad : List.of(without, twice)) {
                assertThatThrownBy(() -> ManifestText.parse(bad.toString().getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(ManifestException.class);
            }
        }
    }

    @Test
    void aRightSumOverWrongLinesIsRefusedToo() throws ManifestException {
        String line = new String(ManifestText.print(sample()), StandardCharsets.UTF_8)
                .lines()
                .toList()
                .get(1);
        for (String wrong : List.of(
                line.replace("control", "Control"),
                line.replace("control", "../etc"),
                line.replace(" 512 ", " 0512 "),
                line.replace(" 512 ", " 513 "),
                line.replace(" 512 ", " 256 "),
                line.replace(" 1024 ", " 99999999999999999999 "),
                line.replace(".parquet", ".parquet/../../x"),
                line + " more",
                line + "\n" + line,
                "")) {
            assertThat(wrong).isNotEqualTo(line);
            byte[] body = ("meshtrail manifest 1\n" + wrong + "\n").getBytes(StandardCharsets.UTF_8);
            String sum = Hash.at(SegmentFiles.digest().digest(body), 0).hex();
            byte[] whole = (new String(body, StandardCharsets.UTF_8) + "sha256 " + sum + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> ManifestText.parse(whole)).as(wrong).isInstanceOf(ManifestException.class);
        }
    }

    @Test
    void gapsAndOverlapsMakeNoManifest() {
        for (Segment second : List.of(segment("a", 768, 1_024), segment("a", 256, 768), segment("a", 0, 512))) {
            assertThatThrownBy(() -> Manifest.of(List.of(segment("a", 0, 512), second)))
                    .isInstanceOf(ManifestException.class)
                    .hasMessageContaining("segments of a");
        }
    }

    @Test
    void aChangeIsDurableBeforeAnybodySeesIt(@TempDir Path data) throws IOException {
        SegmentFiles files = new SegmentFiles(data);
        ManifestFile file = ManifestFile.open(new SystemDisk(), files);
        assertThat(file.current().segments()).isEmpty();
        Manifest before = file.current();
        file.add(segment("a", 0, 256));
        file.add(segment("a", 256, 512));
        assertThat(before.segments()).isEmpty();
        assertThat(ManifestFile.open(new SystemDisk(), files).current().segments())
                .isEqualTo(file.current().segments());
        file.replace(file.current().segments(), List.of(segment("a", 0, 512)));
        assertThat(file.current().segments()).hasSize(1);
        assertThatThrownBy(() -> file.replace(List.of(segment("a", 0, 256)), List.of()))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("no such segment");
    }

    @Test
    void orphansGoAndLiveFilesAndStrangersStay(@TempDir Path data) throws IOException {
        SegmentFiles files = new SegmentFiles(data);
        ManifestFile file = ManifestFile.open(new SystemDisk(), files);
        file.add(segment("a", 0, 256));
        for (String ledger : List.of("a", "b")) {
            Files.createDirectories(files.folder(ledger));
            for (String name : List.of(
                    SegmentFiles.name(0, 256),
                    SegmentFiles.name(256, 512),
                    SegmentFiles.name(256, 512) + ".tmp",
                    "x")) {
                Files.writeString(files.folder(ledger).resolve(name), "x");
            }
        }
        file.removeOrphans("b");
        assertThat(new SystemDisk().list(files.folder("a")))
                .extracting(each -> each.getFileName().toString())
                .containsExactly(SegmentFiles.name(0, 256), "x");
        assertThat(new SystemDisk().list(files.folder("b")))
                .extracting(each -> each.getFileName().toString())
                .containsExactly("x");
    }
}
