package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.meshtrail.engine.Batch;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prints what an event costs on its way into a segment, in CPU time of the whole process. For figures worth
/// keeping
/// run it on an idle machine with `-Dmeshtrail.cost.events=262144 -Dmeshtrail.cost.passes=4`.
class StoreCostTest {
    private static final int EVENTS = Integer.getInteger("meshtrail.cost.events", 8_192);
    private static final int PASSES = Integer.getInteger("meshtrail.cost.passes", 1);
    private static final int BATCH = 2_048;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @TempDir
    private Path data;

    @Test
    void printsTheCostOfInsertAndSeal() throws IOException {
        List<AuditEvent> events = SampleEvents.requests(1, 0, EVENTS);
        Hash root = SampleEvents.root(events);
        try (Store store = new Store(data)) {
            for (int pass = 0; pass < PASSES; pass++) {
                pass(store, pass, events, root);
            }
        }
    }

    private static void pass(Store store, int pass, List<AuditEvent> events, Hash root) throws IOException {
        String ledger = "cost-" + pass;
        String table = store.table(0, List.of());
        List<Batch> batches = new ArrayList<>();
        long start = PROCESS.getProcessCpuTime();
        for (int at = 0; at < EVENTS; at += BATCH) {
            batches.add(EventBatch.of(at, events.subList(at, Math.min(EVENTS, at + BATCH))));
        }
        start = print(ledger, "columns of events", start);
        batches.forEach(batch -> store.engine.insert(table, batch));
        start = print(ledger, "insert", start);
        Path file = store.files.folder(ledger).resolve("copy.parquet");
        store.disk.makeFolder(store.files.folder(ledger));
        store.engine.execute(SegmentSql.copy(table, file, ledger, 0, EVENTS, root));
        start = print(ledger, "COPY alone", start);
        assertThat(SegmentRoot.of(store.engine, file, 0, EVENTS).root()).isEqualTo(root);
        start = print(ledger, "read-back alone", start);
        Segment segment = new Sealer(store.engine, store.disk, store.files).seal(ledger, 0, EVENTS, table, root);
        start = print(ledger, "seal as a whole", start);
        CompactRange tree = new CompactRange();
        new SegmentReader(store.engine, store.files)
                .read(
                        segment,
                        0,
                        EVENTS,
                        (leafIndex, bytes, offset, length) -> tree.append(Hash.leaf(bytes, offset, length)));
        assertThat(tree.root()).isEqualTo(root);
        print(ledger, "all entries by slices, hashed", start);
        System.out.printf(Locale.ROOT, "%s: %.1f bytes an event%n", ledger, (double) segment.bytes() / EVENTS);
        store.engine.execute("DROP TABLE " + table);
    }

    private static long print(String ledger, String what, long start) {
        long now = PROCESS.getProcessCpuTime();
        System.out.printf(
                Locale.ROOT, "%s: %s: %.1f microseconds of CPU an event%n", ledger, what, (now - start) / 1e3 / EVENTS);
        return PROCESS.getProcessCpuTime();
    }
}
