package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Receipt;
import io.meshtrail.privacy.Erasure;
import io.meshtrail.privacy.ErasureHold;
import io.meshtrail.privacy.SubjectField;
import io.meshtrail.privacy.Subjects;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.QueryEngine;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every change of the disk between a request and the end of an erasure fails once, in each way that
/// disks fail. Afterwards each acknowledged event still has its subject, and whoever was erased on record
/// is nowhere.
class ErasureFaultWalkTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void noAcknowledgedEventLosesItsSubjectAndNobodyErasedComesBack(RefusingDisk.Fault fault) throws Exception {
        int step = 0;
        while (walk(Files.createDirectory(folder.resolve(fault + "-" + step)), step, fault)) {
            step++;
        }
        assertThat(step).as("changes on the way").isGreaterThan(20);
    }

    private static boolean walk(Path folder, int step, RefusingDisk.Fault fault) throws Exception {
        RefusingDisk disk = new RefusingDisk(step, fault);
        Map<String, Placement> acknowledged = new HashMap<>();
        boolean erased = false;
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            ledgers.whileSequencing(() -> ledgers.set.announce("test"));
            ledgers.settle();
            try (Subjects subjects = subjects(ledgers, folder)) {
                disk.arm();
                send(ledgers, "alice", "before", acknowledged);
                send(ledgers, "bob", "before", acknowledged);
                try {
                    ledgers.whileSequencing(() -> erase(subjects));
                    erased = true;
                } catch (IOException | AssertionError refused) {
                    assertThat(disk.hasFailed()).as("%s", refused).isTrue();
                }
                send(ledgers, "alice", "after", acknowledged);
            } catch (IOException stop) {
                assertThat(disk.hasFailed()).as("%s", stop).isTrue();
            }
        }
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            ledgers.settle();
            try (Subjects subjects = subjects(ledgers, folder)) {
                boolean onRecord = erasures(ledgers) > 0;
                assertThat(!erased || onRecord)
                        .as("what was answered is on record")
                        .isTrue();
                for (Map.Entry<String, Placement> each : acknowledged.entrySet()) {
                    AuditEvent stored = event(ledgers, each.getValue());
                    String user = each.getKey().split("-")[0];
                    AuditEvent shown = subjects.view().event(stored);
                    assertThat(stored.text(Field.USER_ID).orElseThrow()).doesNotContain(user);
                    boolean gone = subjects.view().marks(shown).containsValue("erased");
                    assertThat(gone)
                            .as(each.getKey())
                            .isEqualTo(onRecord && each.getKey().equals("alice-before"));
                    assertThat(gone
                                    || shown.text(Field.USER_ID)
                                            .filter(user::equals)
                                            .isPresent())
                            .as("%s is %s", each.getKey(), shown)
                            .isTrue();
                }
                assertThat(bytes(folder.resolve("data"))).doesNotContain("alice");
            }
            assertThat(ledgers.fsck().findings()).isEmpty();
        } catch (AssertionError | IOException wrong) {
            throw new AssertionError(fault + " at change " + step + " of " + disk.changes(), wrong);
        }
        return disk.hasFailed();
    }

    private static void erase(Subjects subjects) throws IOException, InterruptedException {
        try {
            Erasure.Erased _ = subjects.erasure().value("alice", "request 17");
        } catch (io.meshtrail.privacy.ErasureRefusedException unknown) {
            throw new IOException(unknown);
        }
    }

    private static Subjects subjects(SteppedLedgers ledgers, Path folder) throws IOException {
        Subjects subjects = Subjects.open(new Subjects.Parts(
                        ledgers.host,
                        folder.resolve("data.state"),
                        List.of(SubjectField.USER_ID),
                        1_000,
                        ledgers.set.named("root").orElseThrow(),
                        ledgers.set.root()::erased,
                        countless(),
                        ErasureHold.NONE,
                        failure -> {}))
                .orElseThrow();
        ledgers.set.appender().disguise(subjects.disguise());
        return subjects;
    }

    /// An engine that can count nothing.
    private static QueryEngine countless() {
        return (QueryEngine) Proxy.newProxyInstance(
                QueryEngine.class.getClassLoader(), new Class<?>[] {QueryEngine.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("facets");
                    return new Facets(List.of(), new Coverage(List.of("catching up"), new TreeMap<>()));
                });
    }

    private static void send(SteppedLedgers ledgers, String user, String when, Map<String, Placement> acknowledged)
            throws Exception {
        CompletableFuture<EventSink.Answer> answer = ledgers.submit(AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(Outcome.ALLOWED)
                .text(Field.USER_ID, user)
                .text(Field.REQUEST_ID, user + "-" + when)
                .text(Field.RAW, "{\"user\":\"" + user + "\"}")
                .build());
        ledgers.settle();
        if (answer.isDone() && answer.get() instanceof Receipt receipt) {
            acknowledged.put(user + "-" + when, receipt.placements().getFirst());
        }
    }

    private static AuditEvent event(SteppedLedgers ledgers, Placement placement) throws Exception {
        byte[] entry = ledgers.set
                .named(placement.address().ledger())
                .orElseThrow()
                .entry(placement.address().leafIndex());
        return EventCodec.decode(entry);
    }

    private static int erasures(SteppedLedgers ledgers) throws Exception {
        LedgerReader root = ledgers.set.named("root").orElseThrow();
        int count = 0;
        for (long i = 0; i < root.size(); i++) {
            Optional<String> action = EventCodec.decode(root.entry(i)).text(Field.ACTION);
            count += action.filter("erase"::equals).isPresent() ? 1 : 0;
        }
        return count;
    }

    private static String bytes(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
