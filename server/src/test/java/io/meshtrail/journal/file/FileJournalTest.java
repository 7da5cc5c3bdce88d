package io.meshtrail.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.journal.Journal;
import io.meshtrail.journal.JournalContract;
import io.meshtrail.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal in files: what crashes leave, and what damage looks like.
class FileJournalTest extends JournalContract {
    private static final long SMALL_FILES = 4_000;

    private final Disk disk = new SystemDisk();

    @TempDir
    private Path folder;

    @Override
    protected Journal reopen(long sealed) throws IOException {
        return FileJournal.open(disk, folder, sealed, SMALL_FILES);
    }

    /// Batches of seven: 0 to 6, 7 to 13, 14 to 20 in one file.
    private Path threeBatches() throws IOException {
        try (Journal journal = reopen(0)) {
            fill(journal, 21);
        }
        assertThat(disk.list(folder)).hasSize(1);
        return disk.list(folder).getFirst();
    }

    @Test
    void aFileCutAtAnyByteKeepsEveryRecordBeforeTheCut() throws IOException {
        byte[] whole = Files.readAllBytes(threeBatches());
        Path file = disk.list(folder).getFirst();
        // Of the two last batches at every byte; before, the records are the same again.
        for (int cut = whole.length * 2 / 3; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            long kept;
            try (Journal inspected = FileJournal.inspect(disk, folder)) {
                kept = inspected.next();
                assertHolds(inspected, 0, kept);
                assertThat(Files.size(file)).as("inspecting changes nothing").isEqualTo(cut);
            }
            try (Journal journal = reopen(0)) {
                assertThat(journal.next()).isEqualTo(kept);
                assertThat(Files.size(file)).as("opening changes nothing").isEqualTo(cut);
                fill(journal, kept + 2);
                assertHolds(journal, 0, kept + 2);
            }
            try (Journal journal = reopen(0)) {
                assertThat(journal.torn()).isZero();
                assertHolds(journal, 0, kept + 2);
            }
        }
        for (int cut = 0; cut < RecordFormat.FILE_HEADER; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            assertThatThrownBy(() -> reopen(0)).isInstanceOf(JournalException.class);
        }
    }

    @Test
    void everyFlippedBitIsNamedByInspectAndNeverLosesASyncedBatchUnnoticed() throws IOException {
        Path file = threeBatches();
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThatThrownBy(() -> FileJournal.inspect(disk, folder).close())
                    .as("bit " + bit)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(String.valueOf(file));
            try (Journal journal = reopen(0)) {
                // Of the last batch nobody can say whether its sync had ended; the checkpoint in the state can.
                assertThat(journal.next()).as("bit " + bit).isBetween(14L, 20L);
                assertHolds(journal, 0, journal.next());
            } catch (JournalException named) {
                assertThat(named).hasMessageContaining(String.valueOf(file));
            }
        }
    }

    @Test
    void aFlippedBitInAnOlderFileIsNamed() throws IOException {
        try (Journal journal = reopen(0)) {
            fill(journal, 300);
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Path> files = disk.list(folder);
        assertThat(files).hasSizeGreaterThan(4);
        for (int i = 0; i < 300; i++) {
            Path file = files.get(random.nextInt(files.size() - 1));
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            int bit = random.nextInt(whole.length * 8);
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThatThrownBy(() -> reopen(0)).as("seed %d, round %d", seed, i).isInstanceOf(JournalException.class);
            assertThatThrownBy(() -> FileJournal.inspect(disk, folder)).isInstanceOf(JournalException.class);
            Files.write(file, whole);
        }
    }

    @Test
    void zerosThatAPowerFailureLeftInTheLastBatchAreCut() throws IOException {
        Path file = threeBatches();
        byte[] whole = Files.readAllBytes(file);
        byte[] holed = whole.clone();
        Arrays.fill(holed, whole.length - 500, whole.length - 200, (byte) 0);
        Files.write(file, holed);
        try (Journal journal = reopen(0)) {
            assertThat(journal.next()).isBetween(14L, 20L);
            assertThat(journal.torn()).isPositive();
            journal.discard(journal.next());
            fill(journal, 21);
        }
        try (Journal journal = FileJournal.inspect(disk, folder)) {
            assertHolds(journal, 0, 21);
        }
    }

    @Test
    void aMissingFileIsAHole() throws IOException {
        try (Journal journal = reopen(0)) {
            fill(journal, 300);
        }
        List<Path> files = disk.list(folder);
        Files.delete(files.get(1));
        assertThatThrownBy(() -> reopen(0))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(String.valueOf(files.get(2)));
        assertThatThrownBy(() -> FileJournal.inspect(disk, folder)).isInstanceOf(JournalException.class);
        Files.delete(files.get(0));
        assertThatThrownBy(() -> reopen(0)).isInstanceOf(JournalException.class).hasMessageContaining("missing");
    }

    @Test
    void aFileUnderAnotherNameIsRefused() throws IOException {
        Path file = threeBatches();
        Files.move(file, folder.resolve(JournalFile.name(7)));
        assertThatThrownBy(() -> reopen(0)).isInstanceOf(JournalException.class).hasMessageContaining("header");
    }

    @Test
    void ofAFileAndTheCopyOfItsRemainderTheOneThatHasMoreStays() throws IOException {
        Path old = threeBatches();
        byte[] whole = Files.readAllBytes(old);
        Path copy = folder.resolve(JournalFile.name(14));
        try (Journal journal = reopen(0)) {
            journal.release(14);
        }
        byte[] copied = Files.readAllBytes(copy);

        Files.write(old, whole);
        try (Journal journal = FileJournal.inspect(disk, folder)) {
            assertHolds(journal, 14, 21);
        }
        try (Journal journal = reopen(14)) {
            assertHolds(journal, 14, 21);
            assertThat(disk.list(folder)).containsExactly(copy);
        }

        // The copy was written, but the disk said that it was not: the old file went on.
        Files.write(copy, copied);
        Files.write(old, whole);
        try (Journal journal = FileJournal.open(disk, folder, 14, SMALL_FILES)) {
            assertHolds(journal, 14, 21);
        }
        Files.write(old, whole);
        Files.deleteIfExists(copy);
        try (Journal journal = reopen(0)) {
            fill(journal, 25);
        }
        Files.write(copy, copied);
        try (Journal journal = reopen(14)) {
            assertHolds(journal, 14, 25);
        }
    }

    @Test
    void aTemporaryFileIsALeftover() throws IOException {
        threeBatches();
        Files.writeString(folder.resolve(JournalFile.name(14) + ".tmp"), "half");
        try (Journal journal = FileJournal.inspect(disk, folder)) {
            assertHolds(journal, 0, 21);
        }
        try (Journal journal = reopen(0)) {
            assertHolds(journal, 0, 21);
        }
        assertThat(disk.list(folder)).hasSize(1);
    }

    @Test
    void aRecordIsAsThePageSays() throws IOException {
        try (Journal journal = reopen(256)) {
            journal.append(List.of(
                    new io.meshtrail.journal.JournalRecord(256, 1, 2, new byte[] {'a'}),
                    new io.meshtrail.journal.JournalRecord(257, 3, 4, new byte[] {'b', 'c'})));
            journal.sync();
        }
        String hex = java.util.HexFormat.of()
                .formatHex(Files.readAllBytes(disk.list(folder).getFirst()));
        String page = Files.readString(Path.of("../docs/formats/journal.md"));
        String example = page.substring(page.indexOf("```hex") + 6, page.indexOf("```", page.indexOf("```hex") + 6));
        assertThat(example.replaceAll("#.*|\\s", "")).isEqualTo(hex);
    }
}
