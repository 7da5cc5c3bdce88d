package io.meshtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.segment.Needle;
import io.meshtrail.segment.NeedleQuery;
import io.meshtrail.segment.NeedleSummary;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sixty-four segments are asked at once.
class NeedleGroupsTest {
    private static final int ROWS = 256;

    @TempDir
    private Path data;

    private final SystemDisk disk = new SystemDisk();

    private static NeedleQuery query(Field field, AuditEvent event) {
        return new NeedleQuery.OneOf(List.of(Needle.of(field, event.text(field).orElseThrow())));
    }

    private static List<Segment> sealed(Store store, int count) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long from = (long) i * ROWS;
            segments.add(store.seal(i % 2 == 0 ? "a" : "b", from, SampleEvents.requests(5, from, ROWS)));
        }
        return segments;
    }

    private List<Path> files() throws IOException {
        return disk.list(data.resolve("tmp"));
    }

    @Test
    void aSummaryNeverHidesASegmentAndSeldomNamesOneInVain() throws Exception {
        try (Store store = new Store(data)) {
            List<Segment> segments = sealed(store, NeedleSummary.SEGMENTS);
            NeedleSummary summary = NeedleSummary.make(disk, store.files, data.resolve("summary"), segments)
                    .orElseThrow();
            long named = 0;
            long asked = 0;
            for (int i = 0; i < segments.size(); i++) {
                for (int row = 0; row < ROWS; row += 17) {
                    AuditEvent event = SampleEvents.request(5, (long) i * ROWS + row);
                    for (Field field : List.of(Field.REQUEST_ID, Field.SOURCE_IDENTITY, Field.SOURCE_ADDRESS)) {
                        assertThat(summary.mask(query(field, event)) >>> i & 1)
                                .as("segment %s, row %s, %s", i, row, field)
                                .isEqualTo(1);
                    }
                    named += Long.bitCount(summary.mask(query(Field.TRACE_ID, event))) - 1;
                    asked += NeedleSummary.SEGMENTS - 1;
                }
            }
            assertThat((double) named / asked).as("segments named in vain").isLessThan(0.03);
            NeedleQuery first = query(Field.REQUEST_ID, SampleEvents.request(5, 3));
            NeedleQuery last = query(Field.REQUEST_ID, SampleEvents.request(5, 63 * ROWS + 3));
            long both = summary.mask(first) | summary.mask(last);
            assertThat(summary.mask(new NeedleQuery.Any(List.of(first, last)))).isEqualTo(both);
            assertThat(summary.mask(new NeedleQuery.All(List.of(first, last))))
                    .isEqualTo(summary.mask(first) & summary.mask(last));
        }
    }

    @Test
    void segmentsAreSummedUpWhenThereAreEnoughAndLetGoWhenFewAreLeft() throws Exception {
        try (Store store = new Store(data)) {
            List<Segment> segments = sealed(store, NeedleSummary.SEGMENTS + 10);
            NeedleGroups groups = new NeedleGroups(disk, store.files, data.resolve("tmp"));
            assertThat(groups.step(segments.subList(0, 63))).isFalse();
            assertThat(groups.step(segments)).isTrue();
            assertThat(groups.step(segments)).isFalse();
            NeedleQuery query = query(Field.REQUEST_ID, SampleEvents.request(5, 7 * ROWS));
            Map<Segment, Boolean> answers = groups.canAnswer(query);
            assertThat(answers).hasSize(NeedleSummary.SEGMENTS).containsEntry(segments.get(7), true);
            assertThat(answers.values().stream().filter(can -> can).count()).isLessThan(8);
            assertThat(files()).hasSize(1);
            assertThat(groups.step(segments.subList(40, 74))).isTrue();
            assertThat(files()).isEmpty();
            assertThat(groups.canAnswer(query)).isEmpty();
        }
    }

    @Test
    void workingFilesOfAnEarlierStartAreRemovedAndALostOneHidesNothing() throws Exception {
        try (Store store = new Store(data)) {
            List<Segment> segments = sealed(store, NeedleSummary.SEGMENTS);
            NeedleGroups groups = new NeedleGroups(disk, store.files, data.resolve("tmp"));
            assertThat(groups.step(segments)).isTrue();
            NeedleGroups next = new NeedleGroups(disk, store.files, data.resolve("tmp"));
            next.clear();
            assertThat(files()).isEmpty();
            assertThat(groups.canAnswer(query(Field.REQUEST_ID, SampleEvents.request(5, 0))))
                    .isEmpty();
            Files.delete(store.files.sidecar(segments.get(5)));
            Optional<NeedleSummary> none = NeedleSummary.make(disk, store.files, data.resolve("summary"), segments);
            assertThat(none).isEmpty();
            assertThat(data.resolve("summary")).doesNotExist();
        }
    }
}
