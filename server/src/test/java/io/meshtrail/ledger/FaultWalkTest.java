package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.ledger.fsck.FsckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every change of the disk on the way from a request to a checkpoint fails once, in each way that disks fail.
/// Afterwards nothing that was acknowledged is lost, and a sender that repeats the rest finds all of it once.
class FaultWalkTest {
    private static final int REQUESTS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void nothingAcknowledgedIsLostWhicheverChangeFails(RefusingDisk.Fault fault) throws Exception {
        int step = 0;
        while (walk(Files.createDirectory(folder.resolve(fault + "-" + step)), step, fault)) {
            step++;
        }
        assertThat(step).as("changes on the way").isGreaterThan(25);
    }

    /// @return whether the disk failed at all
    private static boolean walk(Path folder, int step, RefusingDisk.Fault fault) throws Exception {
        RefusingDisk disk = new RefusingDisk(step, fault);
        Map<String, Placement> acknowledged = new HashMap<>();
        boolean stopped = false;
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            ledgers.whileSequencing(() -> ledgers.set.announce("test"));
            ledgers.settle();
            disk.arm();
            try {
                for (int request = 0; request < REQUESTS; request++) {
                    submit(ledgers, request, acknowledged);
                }
            } catch (IOException stop) {
                stopped = true;
                assertThat(ledgers.submit(events(99)).get())
                        .as("a stopped ledger takes nothing")
                        .isInstanceOf(Pushback.class);
            }
            if (disk.hasFailed() && disk.changes().get(step).startsWith("sync")) {
                assertThat(stopped).as("a failed sync stops the station").isTrue();
            }
        }
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            ledgers.settle();
            acknowledged.forEach(
                    (path, placement) -> assertThat(pathOf(ledgers, placement)).isEqualTo(path));
            Map<String, Placement> all = new TreeMap<>();
            for (int request = 0; request < REQUESTS + 1; request++) {
                submit(ledgers, request, all);
            }
            ledgers.settle();
            acknowledged.forEach((path, placement) ->
                    assertThat(all.get(path).address()).as(path).isEqualTo(placement.address()));
            assertThat(paths(ledgers)).containsExactlyInAnyOrderElementsOf(all.keySet());
            FsckReport report = ledgers.fsck();
            assertThat(report.findings()).isEmpty();
        } catch (AssertionError | IOException wrong) {
            throw new AssertionError(fault + " at change " + step + " of " + disk.changes(), wrong);
        }
        return disk.hasFailed();
    }

    private static void submit(SteppedLedgers ledgers, int request, Map<String, Placement> acknowledged)
            throws Exception {
        AuditEvent[] events = events(request);
        CompletableFuture<EventSink.Answer> answer = ledgers.submit(events);
        ledgers.settle();
        if (answer.isDone() && answer.get() instanceof Receipt receipt) {
            for (int i = 0; i < events.length; i++) {
                acknowledged.put(
                        events[i].text(Field.HTTP_PATH).orElseThrow(),
                        receipt.placements().get(i));
            }
        }
    }

    /// Two ledgers in one request, and a blob.
    private static AuditEvent[] events(int request) {
        return new AuditEvent[] {
            LedgerFixture.request(request * 10, Outcome.ALLOWED),
            LedgerFixture.request(request * 10 + 1, Outcome.DENIED),
            LedgerFixture.request(request * 10 + 2, Outcome.ALLOWED).toBuilder()
                    .kind(Kind.OBJECT_CHANGE)
                    .text(Field.RAW, "\"" + "x".repeat(60_000) + request + "\"")
                    .build()
        };
    }

    private static String pathOf(SteppedLedgers ledgers, Placement placement) {
        try {
            byte[] entry = ledgers.set
                    .named(placement.address().ledger())
                    .orElseThrow()
                    .entry(placement.address().leafIndex());
            return EventCodec.decode(entry).text(Field.HTTP_PATH).orElseThrow();
        } catch (Exception lost) {
            throw new AssertionError(placement + " is lost", lost);
        }
    }

    private static List<String> paths(SteppedLedgers ledgers) throws Exception {
        List<String> paths = new ArrayList<>();
        for (LedgerReader ledger : ledgers.set.all()) {
            for (long i = 0; i < ledger.size(); i++) {
                EventCodec.decode(ledger.entry(i)).text(Field.HTTP_PATH).ifPresent(paths::add);
            }
        }
        return paths;
    }

    @Test
    void aFullDiskIsPushbackForTheWholeBatchAndTheNextTryIsNoDuplicate() throws Exception {
        RefusingDisk disk = RefusingDisk.sound();
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            AuditEvent event = LedgerFixture.request(1, Outcome.DENIED);
            disk.refused = Optional.of(folder.resolve("data/journal/security"));
            CompletableFuture<EventSink.Answer> both = ledgers.submit(LedgerFixture.request(0, Outcome.ALLOWED), event);
            CompletableFuture<EventSink.Answer> repeated = ledgers.submit(event);
            ledgers.settle();
            assertThat(both.get()).isInstanceOf(Pushback.class);
            assertThat(repeated.get()).isInstanceOf(Pushback.class);
            assertThat(ledgers.set.named("traffic").orElseThrow().size()).isZero();

            disk.refused = Optional.empty();
            CompletableFuture<EventSink.Answer> again =
                    ledgers.submit(LedgerFixture.request(0, Outcome.ALLOWED), event);
            ledgers.settle();
            assertThat(((Receipt) again.get()).placements())
                    .extracting(Placement::toString)
                    .containsExactly(
                            "Placement[address=traffic/0, duplicate=false]",
                            "Placement[address=security/0, duplicate=false]");
        }
    }
}
