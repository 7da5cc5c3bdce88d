package io.meshtrail.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.segment.FolderDisk;
import io.meshtrail.segment.SampleEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotIndexTest {
    private static final HotSettings SMALL = new HotSettings(16L << 20, 256, Duration.ofMillis(50), 1_024);
    private static final SealSettings SEALS = new SealSettings(1_000, Duration.ofMinutes(10));

    @TempDir
    private Path data;

    private final Tree tree = new Tree("security");

    private Shelf open() throws IOException {
        return Shelf.open(data, new FolderDisk(), SMALL, SEALS, List.of(tree));
    }

    @Test
    void eventsAreSearchableAfterTheyWereInserted() throws Exception {
        try (Shelf shelf = open()) {
            shelf.index.integrated("security", 0, SampleEvents.requests(1, 0, 100));
            try (Snapshot before = shelf.index.snapshot()) {
                assertThat(before.sources()).isEmpty();
                assertThat(before.asOf()).containsEntry("security", 0L);
            }
            assertThat(shelf.index.advance())
                    .as("a young, small batch waits for more")
                    .isFalse();
            shelf.insertAll();
            try (Snapshot after = shelf.index.snapshot()) {
                assertThat(Shelf.countAndSum(after, "security")).containsExactly(100, 4_950);
                assertThat(after.asOf()).containsEntry("security", 100L);
                assertThat(after.missing()).isEmpty();
            }
            assertThat(shelf.index.queuedBytes()).isZero();
        }
    }

    @Test
    void aSnapshotStaysAsItWasWhateverComesAfterIt() throws Exception {
        try (Shelf shelf = open()) {
            shelf.add(tree, SampleEvents.requests(1, 0, 1_500));
            try (Snapshot snapshot = shelf.index.snapshot()) {
                shelf.add(tree, SampleEvents.requests(1, 1_500, 700));
                while (shelf.seals.advance()) {
                    shelf.insertAll();
                }
                shelf.insertAll();
                assertThat(tree.sealedSize()).isEqualTo(1_792);
                assertThat(Shelf.countAndSum(snapshot, "security")).containsExactly(1_500, 1_499L * 1_500 / 2);
            }
            try (Snapshot now = shelf.index.snapshot()) {
                assertThat(Shelf.countAndSum(now, "security")).containsExactly(2_200, 2_199L * 2_200 / 2);
            }
        }
    }

    @Test
    void aSealedTableIsDroppedOnceNobodyLooksAtIt() throws Exception {
        try (Shelf shelf = open()) {
            shelf.add(tree, SampleEvents.requests(1, 0, 2_100));
            assertThat(shelf.tables()).isEqualTo(3);
            Snapshot snapshot = shelf.index.snapshot();
            assertThat(shelf.seals.advance()).isTrue();
            shelf.insertAll();
            assertThat(shelf.tables()).as("pinned ones, and one for the rest").isEqualTo(4);
            snapshot.close();
            snapshot.close();
            assertThat(shelf.tables())
                    .as("the rest of the second, and the third")
                    .isEqualTo(2);
            try (Snapshot now = shelf.index.snapshot()) {
                assertThat(now.sources()).hasSize(3);
                assertThat(Shelf.countAndSum(now, "security")).containsExactly(2_100, 2_099L * 2_100 / 2);
            }
        }
    }

    @Test
    void whatIsStillOnItsWayAfterAStartIsSaid() throws Exception {
        try (Shelf shelf = open()) {
            shelf.index.expect("security", 600);
            shelf.index.expect("traffic", 0);
            shelf.index.integrated("security", 0, SampleEvents.requests(1, 0, 256));
            shelf.insertAll();
            try (Snapshot snapshot = shelf.index.snapshot()) {
                assertThat(snapshot.missing()).containsExactly("catching up: security 256 of 600");
            }
            shelf.index.integrated("security", 256, SampleEvents.requests(1, 256, 344));
            shelf.insertAll();
            try (Snapshot snapshot = shelf.index.snapshot()) {
                assertThat(snapshot.missing()).isEmpty();
            }
        }
    }

    @Test
    void aReplayFromBeforeTheLastSealSkipsWhatIsInSegments() throws Exception {
        try (Shelf shelf = open()) {
            shelf.add(tree, SampleEvents.requests(1, 0, 1_100));
            assertThat(shelf.seals.advance()).isTrue();
        }
        try (Shelf shelf = open()) {
            for (int at = 0; at < 1_100; at += 100) {
                shelf.index.integrated("security", at, SampleEvents.requests(1, at, 100));
            }
            shelf.insertAll();
            try (Snapshot snapshot = shelf.index.snapshot()) {
                assertThat(snapshot.sources()).hasSize(2);
                assertThat(Shelf.countAndSum(snapshot, "security")).containsExactly(1_100, 1_099L * 1_100 / 2);
            }
        }
    }

    @Test
    void aGapBetweenDeliveriesIsAnError() throws Exception {
        try (Shelf shelf = open()) {
            shelf.index.integrated("security", 0, SampleEvents.requests(1, 0, 10));
            assertThatThrownBy(() -> shelf.index.integrated("security", 11, SampleEvents.requests(1, 11, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("entry 10 must follow, 11 came");
        }
    }

    @Test
    void whoeverBringsTooMuchWaitsUntilThereIsRoom() throws Exception {
        HotSettings tight = new HotSettings(200_000, 64, Duration.ofMillis(50), 65_536);
        try (Shelf shelf = Shelf.open(data, new FolderDisk(), tight, SEALS, List.of(tree))) {
            Thread flood = Thread.ofPlatform().start(() -> {
                try {
                    for (int at = 0; at < 2_000; at += 20) {
                        shelf.index.integrated("security", at, SampleEvents.requests(1, at, 20));
                    }
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            });
            long most = 0;
            while (shelf.index.hotEnd("security").orElse(0) < 2_000) {
                most = Math.max(most, shelf.index.queuedBytes());
                if (!shelf.index.advance()) {
                    shelf.index.awaitWork();
                    shelf.clock += 50_000_000;
                }
            }
            flood.join();
            assertThat(most).isBetween(1L, 200_000L);
            assertThat(shelf.index.queuedBytes()).isZero();
        }
    }
}
