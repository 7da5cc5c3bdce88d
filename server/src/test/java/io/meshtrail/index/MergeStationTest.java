package io.meshtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Outcome;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.ledger.DefaultLedgers;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.retention.RetentionSettings;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Segment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small neighbours become one segment, and nobody notices but the files.
class MergeStationTest {
    @TempDir
    private Path folder;

    private static void fill(Workbench bench, int from, int segments) throws Exception {
        for (int i = 0; i < segments; i++) {
            List<AuditEvent> events = new ArrayList<>();
            for (AuditEvent event : SampleEvents.requests(1, from + 256 * i, 256)) {
                events.add(event.toBuilder().outcome(Outcome.DENIED).build());
            }
            bench.append(events);
            bench.seal();
        }
    }

    @Test
    void everySnapshotHasEachEventOnceWhileSegmentsAreMerged() throws Exception {
        byte[] before;
        try (Workbench bench = new Workbench(folder, 256);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            fill(bench, 0, 6);
            LedgerReader security = bench.ledgers.named("security").orElseThrow();
            before = security.entry(700);
            AtomicBoolean done = new AtomicBoolean();
            Future<Integer> looks = threads.submit(() -> look(done, bench));
            try {
                bench.keep();
                fill(bench, 6 * 256, 2);
                bench.keep();
            } finally {
                done.set(true);
            }
            assertThat(looks.get()).isPositive();
            assertThat(bench.manifest.current().of("security").stream().map(Segment::size))
                    .as("a large one is not written again for the sake of a small one")
                    .containsExactly(1_536L, 512L);
            assertThat(security.entry(700)).isEqualTo(before);
            bench.retention.station().advance();
            try (Stream<Path> files = Files.list(folder.resolve("data/segments/security"))) {
                assertThat(files.map(file -> String.valueOf(file.getFileName())))
                        .containsExactlyInAnyOrder(
                                "000000000000-000000001536.parquet",
                                "000000000000-000000001536.sidecar",
                                "000000001536-000000002048.parquet",
                                "000000001536-000000002048.sidecar");
            }
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
        try (Workbench again = new Workbench(folder, 256)) {
            LedgerReader security = again.ledgers.named("security").orElseThrow();
            assertThat(security.entry(700)).isEqualTo(before);
            assertThat(security.sealedSize()).isEqualTo(2_048);
        }
    }

    private static int look(AtomicBoolean done, Workbench bench) {
        int looks = 0;
        while (!done.get()) {
            try (Snapshot snapshot = bench.index.snapshot()) {
                long size = snapshot.asOf().getOrDefault("security", 0L);
                assertThat(Shelf.countAndSum(snapshot, "security")).containsExactly(size, size * (size - 1) / 2);
            }
            looks++;
        }
        return looks;
    }

    @Test
    void aSegmentIsNeverWiderThanAThirtiethOfTheTerm() throws Exception {
        List<LedgerSettings> settings = DefaultLedgers.settings().stream()
                .map(ledger -> ledger.name().equals("security")
                        ? new LedgerSettings("security", Duration.ofNanos(30), ledger.reserved())
                        : ledger)
                .toList();
        RetentionSettings never = new RetentionSettings(false, List.of(), List.of(), Duration.ofDays(1));
        try (Workbench bench = new Workbench(folder, new SystemHost(), 256, settings, never)) {
            fill(bench, 0, 1);
            long held = bench.retention
                    .desk()
                    .place(new io.meshtrail.retention.HoldDesk.Wanted(
                            "case", "test", java.util.Optional.empty(), 0, Long.MAX_VALUE, ""))
                    .rootIndex();
            assertThat(held).isPositive();
            fill(bench, 256, 2);
            bench.keep();
            assertThat(bench.manifest.current().of("security")).hasSize(3);
        }
    }
}
