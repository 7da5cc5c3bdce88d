package io.meshtrail.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What every journal must do, whatever it is made of.
public abstract class JournalContract {
    /// The same journal again, as after a stop of the process; the one before is closed. It moves on to another
    /// file, if it has files, after some thousand bytes.
    ///
    /// @param sealed the first leafIndex that is in no segment
    protected abstract Journal reopen(long sealed) throws IOException;

    /// An entry that is a function of its place.
    protected static JournalRecord record(long leafIndex) {
        byte[] entry = ("{\"entry\":" + leafIndex + ",\"x\":\"" + "x".repeat((int) (leafIndex % 70)) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return new JournalRecord(leafIndex, leafIndex * 31, leafIndex * 17, entry);
    }

    /// Consecutive records.
    protected static List<JournalRecord> records(long from, long to) {
        List<JournalRecord> records = new ArrayList<>();
        for (long i = from; i < to; i++) {
            records.add(record(i));
        }
        return records;
    }

    /// Appends durably, in batches of seven.
    protected static void fill(Journal journal, long to) throws IOException {
        while (journal.next() < to) {
            journal.append(records(journal.next(), Math.min(to, journal.next() + 7)));
            journal.sync();
        }
    }

    /// Checks that a journal has exactly the entries from..to.
    protected static void assertHolds(Journal journal, long from, long to) throws IOException {
        assertThat(journal.next()).isEqualTo(to);
        assertThat(journal.first()).isLessThanOrEqualTo(from);
        List<JournalRecord> read = new ArrayList<>();
        journal.read(from, to, read::add);
        assertThat(read).hasSize((int) (to - from));
        for (JournalRecord found : read) {
            JournalRecord expected = record(from + read.indexOf(found));
            assertThat(found.leafIndex()).isEqualTo(expected.leafIndex());
            assertThat(found.fingerprintHigh()).isEqualTo(expected.fingerprintHigh());
            assertThat(found.fingerprintLow()).isEqualTo(expected.fingerprintLow());
            assertThat(found.entry()).isEqualTo(expected.entry());
        }
    }

    @Test
    void whatIsSyncedIsReadBackAfterReopening() throws IOException {
        try (Journal journal = reopen(0)) {
            assertThat(journal.first()).isZero();
            assertThat(journal.next()).isZero();
            fill(journal, 500);
            assertHolds(journal, 0, 500);
            assertThat(journal.read(499)).isEqualTo(record(499).entry());
        }
        try (Journal journal = reopen(0)) {
            assertHolds(journal, 0, 500);
            assertThat(journal.torn()).isZero();
            fill(journal, 510);
            assertHolds(journal, 0, 510);
        }
    }

    @Test
    void anEmptyJournalBeginsWhereSegmentsEnd() throws IOException {
        try (Journal journal = reopen(512)) {
            assertThat(journal.first()).isEqualTo(512);
            fill(journal, 520);
        }
        try (Journal journal = reopen(512)) {
            assertHolds(journal, 512, 520);
        }
    }

    @Test
    void emptyAndLargestEntriesAreEntries() throws IOException {
        byte[] largest = new byte[65_535];
        try (Journal journal = reopen(0)) {
            journal.append(List.of(
                    new JournalRecord(0, 0, 0, new byte[0]),
                    new JournalRecord(1, 0, 0, largest),
                    new JournalRecord(2, 0, 0, new byte[0])));
            journal.sync();
            assertThatThrownBy(() -> journal.append(List.of(new JournalRecord(3, 0, 0, new byte[65_536]))))
                    .hasMessageContaining("65536");
        }
        try (Journal journal = reopen(0)) {
            assertThat(journal.next()).isEqualTo(3);
            assertThat(journal.read(0)).isEmpty();
            assertThat(journal.read(1)).isEqualTo(largest);
        }
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        try (Journal journal = reopen(256)) {
            fill(journal, 260);
            assertThatThrownBy(() -> journal.read(255))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("255");
            assertThatThrownBy(() -> journal.read(260))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("260");
        }
    }

    @Test
    void discardTakesBackWhatWasAppendedAlsoOverAFileThatBegan() throws IOException {
        for (int keep : new int[] {3, 200}) {
            try (Journal journal = reopen(0)) {
                fill(journal, Math.max(keep, journal.next()));
                long before = journal.next();
                journal.append(records(before, before + 100));
                journal.discard(before);
                assertHolds(journal, 0, before);
                fill(journal, before + 50);
                assertHolds(journal, 0, before + 50);
            }
        }
        try (Journal journal = reopen(0)) {
            assertHolds(journal, 0, 250);
        }
    }

    @Test
    void releaseGivesUpSpaceButNeverAnEntryAtOrAboveItsBound() throws IOException {
        try (Journal journal = reopen(0)) {
            fill(journal, 1_000);
            long bytes = journal.bytes();
            for (long below = 0; below <= 1_000; below += 100) {
                journal.release(below);
                assertHolds(journal, below, 1_000);
            }
            assertThat(journal.bytes()).isLessThan(bytes / 4);
            fill(journal, 1_020);
            assertHolds(journal, 1_000, 1_020);
        }
        try (Journal journal = reopen(1_000)) {
            assertHolds(journal, 1_000, 1_020);
        }
    }

    @Test
    void aReaderIsNotDisturbedByAppendsAndReleases() throws Exception {
        try (Journal journal = reopen(0)) {
            fill(journal, 100);
            AtomicBoolean done = new AtomicBoolean();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    while (!done.get()) {
                        long to = journal.next();
                        long from = Math.max(journal.first(), to - 60);
                        try {
                            journal.read(from, to, found -> {
                                if (!java.util.Arrays.equals(
                                        found.entry(), record(found.leafIndex()).entry())) {
                                    throw new IOException("wrong entry " + found.leafIndex());
                                }
                            });
                        } catch (JournalException gone) {
                            // only what was released before the reader came may be missing
                            if (from >= journal.first()) {
                                throw gone;
                            }
                        }
                    }
                } catch (Throwable broken) {
                    failure.set(broken);
                }
            });
            for (int i = 0; i < 400; i++) {
                fill(journal, journal.next() + 7);
                // The reader wants the last 60; nothing younger than 200 goes, but files are copied and closed.
                journal.release(Math.max(0, journal.next() - 200));
            }
            done.set(true);
            reader.join();
            assertThat(failure.get()).isNull();
        }
    }
}
