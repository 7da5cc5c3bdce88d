package io.meshtrail.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The time-table of anchors, step by step.
class AnchorStationTest {
    private static final Duration INTERVAL = Duration.ofHours(1);

    @TempDir
    private Path data;

    private final HandHost host = new HandHost();
    private final InMemoryAnchor good = new InMemoryAnchor("good");
    private final InMemoryAnchor bad = new InMemoryAnchor("bad");

    /// What `root` has on record.
    private final List<AnchorRecord> root = new ArrayList<>();

    private boolean rootIsFull;
    private long size = 10;
    private AnchorStation station;

    @BeforeEach
    void open() throws IOException {
        Map<String, AnchorRecord> last = new HashMap<>();
        root.forEach(record -> last.put(record.anchor(), record));
        station = AnchorStation.open(
                host,
                data,
                List.of(bad, good),
                this::record,
                () -> Optional.of(SampleCheckpoints.note(size)),
                INTERVAL,
                last);
    }

    private void record(AnchorRecord record) throws IOException {
        if (rootIsFull) {
            throw new IOException("no room");
        }
        root.add(record);
    }

    private void step() throws InterruptedException {
        station.advance();
        host.runTasks();
        station.advance();
    }

    private AnchorStatus status(String name) {
        return station.statuses().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_first_checkpoint_goes_out_at_once_and_the_next_after_the_interval() throws Exception {
        step();
        assertThat(good.kept).containsExactly(10L);
        assertThat(root).extracting(AnchorRecord::anchor).containsExactlyInAnyOrder("good", "bad");
        AnchorRecord record = status("good").last().orElseThrow();
        assertThat(record.locator()).isEqualTo("good/10");
        assertThat(data.resolve("anchors/good/00000000000000000010.token")).hasContent("token 10");
        size = 20;
        host.pass(INTERVAL.minusNanos(1));
        step();
        assertThat(good.kept).containsExactly(10L);
        host.pass(Duration.ofNanos(1));
        step();
        assertThat(good.kept).containsExactly(10L, 20L);
    }

    @Test
    void nothing_goes_out_if_root_has_not_grown_and_nothing_of_an_empty_root() throws Exception {
        size = 0;
        step();
        assertThat(good.kept).isEmpty();
        size = 5;
        step();
        host.pass(INTERVAL.multipliedBy(3));
        step();
        assertThat(good.kept).containsExactly(5L);
        size = 6;
        step();
        assertThat(good.kept).containsExactly(5L, 6L);
    }

    @Test
    void an_anchor_that_fails_is_tried_again_after_pauses_that_double_and_hinders_nobody() throws Exception {
        bad.refusal = Optional.of("the place is shut");
        step();
        assertThat(good.kept).containsExactly(10L);
        assertThat(status("bad").trouble()).contains("the place is shut");
        assertThat(status("bad").failures()).isEqualTo(1);
        Duration pause = Lane.FIRST_PAUSE;
        for (int failures = 2; failures < 12; failures++) {
            host.pass(pause.minusNanos(1));
            step();
            assertThat(status("bad").failures()).isEqualTo(failures - 1);
            host.pass(Duration.ofNanos(1));
            step();
            assertThat(status("bad").failures()).isEqualTo(failures);
            pause = pause.multipliedBy(2).compareTo(INTERVAL) > 0 ? INTERVAL : pause.multipliedBy(2);
        }
        bad.refusal = Optional.empty();
        size = 44;
        host.pass(INTERVAL);
        step();
        assertThat(bad.kept).containsExactly(44L);
        assertThat(status("bad").trouble()).isEmpty();
    }

    @Test
    void an_anchor_that_hangs_is_told_of_after_its_time_and_never_asked_twice_at_once() throws Exception {
        station.advance();
        assertThat(host.tasks()).isEqualTo(2);
        host.pass(Lane.PATIENCE);
        station.advance();
        assertThat(status("good").trouble())
                .hasValueSatisfying(words -> assertThat(words).contains("120 s"));
        host.pass(INTERVAL);
        station.advance();
        assertThat(host.tasks()).isEqualTo(2);
        assertThat(status("good").failures()).isEqualTo(1);
        host.runTasks();
        station.advance();
        assertThat(status("good").trouble()).isEmpty();
        assertThat(root).extracting(record -> record.checkpoint().treeSize()).containsExactly(10L, 10L);
    }

    @Test
    void what_is_placed_while_root_has_no_room_is_recorded_later_and_not_placed_again() throws Exception {
        rootIsFull = true;
        step();
        assertThat(root).isEmpty();
        assertThat(status("good").trouble())
                .hasValueSatisfying(words -> assertThat(words).contains("not on record", "no room"));
        rootIsFull = false;
        host.pass(Lane.FIRST_PAUSE);
        step();
        assertThat(root).hasSize(2);
        assertThat(good.kept).containsExactly(10L);
        assertThat(status("good").trouble()).isEmpty();
    }

    @Test
    void a_crash_between_placing_and_recording_leads_to_one_more_placing_and_one_record() throws Exception {
        rootIsFull = true;
        step();
        rootIsFull = false;
        assertThat(good.kept).containsExactly(10L);
        Path left = data.resolve("anchors/good/00000000000000000010.token");
        assertThat(left).exists();
        size = 12;
        open();
        assertThat(left).doesNotExist();
        step();
        assertThat(good.kept).containsExactly(10L, 12L);
        assertThat(root.stream().filter(record -> record.anchor().equals("good")))
                .extracting(record -> record.checkpoint().treeSize())
                .containsExactly(12L);
    }

    @Test
    void a_restart_goes_on_from_what_root_has_on_record() throws Exception {
        step();
        size = 20;
        host.pass(INTERVAL.dividedBy(2));
        open();
        step();
        assertThat(good.kept).containsExactly(10L);
        assertThat(host.disk().list(data.resolve("anchors/good"))).hasSize(1);
        host.pass(INTERVAL.dividedBy(2));
        step();
        assertThat(good.kept).containsExactly(10L, 20L);
    }

    @Test
    void a_clock_that_was_set_back_delays_a_checkpoint_by_no_more_than_an_interval() throws Exception {
        step();
        AnchorRecord record = root.removeLast();
        root.clear();
        root.add(new AnchorRecord(
                "good",
                "memory",
                record.checkpoint(),
                record.locator(),
                record.says(),
                record.files(),
                host.now() + Duration.ofDays(9).toNanos()));
        size = 20;
        open();
        host.pass(INTERVAL);
        step();
        assertThat(good.kept).containsExactly(10L, 20L);
    }
}
