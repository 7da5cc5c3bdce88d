package io.meshtrail.watch.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Start here: when an answer of Consul is believed, and what it means.
class WatchedListTest {
    private static final Watchable INTENTIONS = Watchable.all().getFirst();
    private static final String WEB = entry("web", 10, 10);
    private static final String DB = entry("db", 11, 11);

    private WatchedList list = new WatchedList(INTENTIONS, List.of(), Optional.empty());

    private static String entry(String name, int created, int modified) {
        return "{\"Kind\":\"service-intentions\",\"Name\":\"%s\",\"CreateIndex\":%d,\"ModifyIndex\":%d}"
                .formatted(name, created, modified);
    }

    private WatchedList.Reading read(long index, String... entries) {
        return list.read(answer(index, entries));
    }

    private static ConsulApi.Answer answer(long index, String... entries) {
        return new ConsulApi.Answer(200, "[" + String.join(",", entries) + "]", index, false, true);
    }

    /// What a reading tells, as `verb name`, accepted.
    private List<String> told(WatchedList.Reading reading) {
        return switch (reading) {
            case WatchedList.Again(String why) -> List.of("again: " + why);
            case WatchedList.Changes(List<Change> changes, boolean _) -> {
                list.accept(changes, 1);
                yield changes.stream()
                        .map(change -> change.verb() + " " + change.entry().name())
                        .toList();
            }
        };
    }

    @Test
    void whatIsThereAtFirstIsObservedAndWhatComesLaterIsCreated() {
        assertThat(told(read(20, WEB))).containsExactly("observe web");
        assertThat(told(read(21, WEB, DB))).containsExactly("create db");
        assertThat(told(read(30, entry("web", 10, 30), DB))).containsExactly("update web");
        assertThat(told(read(31, DB))).containsExactly("delete web");
    }

    @Test
    void anAnswerNeedNotMeanAChange() {
        told(read(20, WEB));
        assertThat(told(read(25, WEB))).isEmpty();
        assertThat(list.index()).isEqualTo(25);
    }

    @Test
    void anObjectThatWasMadeAgainIsSaidSo() {
        told(read(20, WEB));
        assertThat(list.read(answer(40, entry("web", 35, 35))))
                .isInstanceOfSatisfying(
                        WatchedList.Changes.class,
                        changes -> assertThat(changes.changes().getFirst().isRecreated())
                                .isTrue());
    }

    @Test
    void whatIsHiddenFromOurTokenIsNotDeleted() {
        told(read(20, WEB, DB));
        ConsulApi.Answer filtered = new ConsulApi.Answer(200, "[" + WEB + "]", 21, true, true);
        assertThat(told(list.read(filtered))).isEmpty();
        assertThat(told(read(22, WEB, DB))).as("it was never gone").isEmpty();
    }

    @Test
    void withoutALeaderNothingIsBelieved() {
        told(read(20, WEB));
        assertThat(told(list.read(new ConsulApi.Answer(200, "[]", 21, false, false))))
                .containsExactly("again: Consul has no leader");
        assertThat(told(list.read(new ConsulApi.Answer(500, "[]", 21, false, true))))
                .containsExactly("again: status 500");
        assertThat(told(list.read(new ConsulApi.Answer(200, "<html>", 21, false, true))))
                .containsExactly("again: the answer is not JSON");
        assertThat(list.index()).isEqualTo(20);
    }

    @Test
    void anIndexThatGoesBackIsReadTwiceBeforeAnythingIsGone() {
        told(read(200, WEB, DB));
        assertThat(told(read(5))).containsExactly("again: the index went back from 200 to 5");
        assertThat(list.index()).as("asked at once, without waiting").isZero();
        assertThat(list.read(answer(6, DB))).isInstanceOfSatisfying(WatchedList.Changes.class, changes -> {
            assertThat(changes.changes()).extracting(Change::verb).containsExactly("delete");
            assertThat(changes.changes().getFirst().isAfterReset()).isTrue();
        });
        assertThat(list.index()).isEqualTo(6);
    }

    @Test
    void anIndexOfZeroNeverMakesABusyLoop() {
        told(read(0, WEB));
        assertThat(list.index()).isEqualTo(1);
    }

    @Test
    void whatTheLedgerDidNotTakeIsToldAgain() {
        read(20, WEB);
        list.refuse();
        assertThat(list.index()).isZero();
        assertThat(told(read(20, WEB))).containsExactly("observe web");
    }

    @Test
    void afterARestartOnlyDifferencesToTheLedgerAreTold() {
        list = new WatchedList(
                INTENTIONS,
                List.of(
                        new Entry("", "web", io.meshtrail.json.Json.Scalar.NULL, "", "10"),
                        new Entry("", "old", io.meshtrail.json.Json.Scalar.NULL, "", "9")),
                Optional.of(5L));
        assertThat(list.read(answer(50, WEB, DB))).isInstanceOfSatisfying(WatchedList.Changes.class, changes -> {
            assertThat(changes.changes())
                    .extracting(change -> change.verb() + " " + change.entry().name())
                    .containsExactly("create db", "delete old");
            assertThat(changes.changes().getFirst().since()).hasValue(5L);
        });
    }
}
