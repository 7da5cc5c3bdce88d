package io.meshtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.segment.SampleEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ingest, inserts, seals and questions at once, for a fixed number of events: every snapshot has each event
/// of each ledger exactly once.
class SnapshotHammerTest {
    private static final int EVENTS = 12_000;
    private static final HotSettings HOT = new HotSettings(4L << 20, 512, Duration.ofMillis(1), 2_048);
    private static final SealSettings SEALS = new SealSettings(1_024, Duration.ofHours(1));

    @TempDir
    private Path data;

    @Test
    void everySnapshotHasEachEventExactlyOnce() throws Exception {
        List<Tree> trees = List.of(new Tree("security"), new Tree("traffic"));
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        AtomicBoolean done = new AtomicBoolean();
        try (Shelf shelf = Shelf.open(data, new SystemDisk(), HOT, SEALS, trees);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> running = new ArrayList<>();
            try {
                running.add(threads.submit(() -> ingest(shelf, trees, new Random(seed))));
                running.add(threads.submit(() -> step(done, shelf.index, () -> {
                    shelf.clock += 1_000_000;
                    return shelf.index.advance();
                })));
                running.add(threads.submit(() -> step(done, shelf.index, shelf.seals::advance)));
                running.add(threads.submit(() -> look(done, shelf, trees)));
                running.getFirst().get();
                awaitSeals(shelf, trees, running);
            } finally {
                done.set(true);
            }
            int looks = 0;
            for (Future<Integer> each : running) {
                looks = each.get();
            }
            assertThat(looks).isPositive();
            shelf.insertAll();
            try (Snapshot last = shelf.index.snapshot()) {
                for (Tree tree : trees) {
                    assertThat(Shelf.countAndSum(last, tree.name()))
                            .containsExactly(EVENTS, (EVENTS - 1L) * EVENTS / 2);
                }
            }
            assertThat(shelf.tables()).isLessThanOrEqualTo(6);
        }
    }

    private static void awaitSeals(Shelf shelf, List<Tree> trees, List<Future<Integer>> running) throws Exception {
        for (Tree tree : trees) {
            while (shelf.index.hotEnd(tree.name()).orElse(0) < EVENTS || tree.sealedSize() < EVENTS - 1_024) {
                for (Future<Integer> station : running.subList(1, 4)) {
                    if (station.isDone()) {
                        station.get();
                    }
                }
                shelf.index.awaitWork();
            }
        }
    }

    private static int ingest(Shelf shelf, List<Tree> trees, Random random) throws InterruptedException {
        int[] at = new int[trees.size()];
        while (at[0] < EVENTS || at[1] < EVENTS) {
            int which = random.nextInt(trees.size());
            int count = Math.min(1 + random.nextInt(400), EVENTS - at[which]);
            var events = SampleEvents.requests(which, at[which], count);
            trees.get(which).append(events);
            shelf.index.integrated(trees.get(which).name(), at[which], events);
            at[which] += count;
        }
        return 0;
    }

    private static int step(AtomicBoolean done, HotIndex index, Callable<Boolean> station) throws Exception {
        int steps = 0;
        while (!done.get()) {
            if (station.call()) {
                steps++;
            } else {
                index.awaitWork();
            }
        }
        return steps;
    }

    private static int look(AtomicBoolean done, Shelf shelf, List<Tree> trees) {
        int looks = 0;
        while (!done.get()) {
            try (Snapshot snapshot = shelf.index.snapshot()) {
                for (Tree tree : trees) {
                    long size = snapshot.asOf().getOrDefault(tree.name(), 0L);
                    assertThat(Shelf.countAndSum(snapshot, tree.name())).containsExactly(size, size * (size - 1) / 2);
                }
            }
            looks++;
        }
        return looks;
    }
}
