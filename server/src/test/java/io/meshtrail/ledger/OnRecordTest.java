package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Receipt;
import io.meshtrail.ledger.fsck.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the check makes of what `root` has on record.
class OnRecordTest {
    @TempDir
    private Path folder;

    /// An older checkpoint is signed and consistent, but it would hide that younger entries are cut off. The server
    /// writes the folder before it tells root, so no crash leaves this.
    @Test
    void aCheckpointThatIsOlderThanOneOnRecordIsAFinding() throws Exception {
        try (SteppedLedgers ledgers = announced()) {
            Path shown = ledgers.data.resolve("ledger/security/checkpoint");
            byte[] older = Files.readAllBytes(shown);
            ledgers.send(LedgerFixture.request(1, Outcome.DENIED));
            ledgers.settle();
            byte[] newer = Files.readAllBytes(shown);
            Files.write(shown, older);
            assertThat(ledgers.fsck().findings())
                    .as("nothing younger is on record")
                    .isEmpty();

            Files.write(shown, newer);
            beat(ledgers);
            assertThat(ledgers.fsck().findings()).isEmpty();
            Files.write(shown, older);
            assertThat(ledgers.fsck().findings())
                    .extracting(Finding::toString)
                    .containsExactly("ledger security, entries 0 to 0, file ledger/security/checkpoint: the checkpoint"
                            + " has size 0, but root has one of size 1 on record");
        }
    }

    @Test
    void aCheckpointOfAnotherLedgerOnRecordIsNamedByItsPlaceInRoot() throws Exception {
        try (SteppedLedgers ledgers = announced()) {
            String other = Files.readString(ledgers.data.resolve("ledger/control/checkpoint"));
            AuditEvent lie = AuditEvent.builder()
                    .kind(Kind.LEDGER)
                    .outcome(Outcome.CHANGED)
                    .text(Field.ACTION, "checkpoint")
                    .attribute("ledger", "security")
                    .attribute("size", "0")
                    .attribute("checkpoint", other)
                    .build();
            long place = ledgers.set.named("root").orElseThrow().size();
            CompletableFuture<EventSink.Answer> answer = ledgers.set.appender().append(lie, "root");
            ledgers.settle();
            assertThat(answer.get()).isInstanceOf(Receipt.class);
            assertThat(ledgers.fsck().findings()).extracting(Finding::file).containsExactly("root/" + place);
        }
    }

    @Test
    void openingsThatACrashKeptOutOfRootAreMadeUpFor() throws Exception {
        try (SteppedLedgers crashed = new SteppedLedgers(folder, RefusingDisk.sound())) {
            crashed.settle();
        }
        try (SteppedLedgers ledgers = announced()) {
            ledgers.send(LedgerFixture.request(1, Outcome.DENIED));
            ledgers.settle();
            assertThat(ledgers.fsck().findings()).isEmpty();
        }
        try (SteppedLedgers ledgers = announced()) {
            LedgerReader root = ledgers.set.named("root").orElseThrow();
            assertThat(root.size()).as("four openings, the routes, two starts").isEqualTo(7);
        }
    }

    private SteppedLedgers announced() throws Exception {
        SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound());
        ledgers.whileSequencing(() -> ledgers.set.announce("test"));
        ledgers.settle();
        return ledgers;
    }

    private static void beat(SteppedLedgers ledgers) throws Exception {
        ledgers.host.pass(RootRecorder.HEARTBEAT.toNanos());
        ledgers.whileSequencing(ledgers.set.root()::advance);
        ledgers.settle();
    }
}
