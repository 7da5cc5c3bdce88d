package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.objectstore.CheckpointConflictException;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens when the journal, the disk or the state folder is full.
class NoRoomTest {
    @TempDir
    private Path folder;

    private final RefusingDisk disk = RefusingDisk.sound();

    private static AuditEvent large(int number, Outcome outcome) {
        return LedgerFixture.request(number, outcome).toBuilder()
                .text(Field.DETAIL, "y".repeat(4_000))
                .build();
    }

    private static EventSink.Answer append(SteppedLedgers ledgers, AuditEvent event) throws Exception {
        CompletableFuture<EventSink.Answer> answer = ledgers.submit(event);
        ledgers.settle();
        return answer.get();
    }

    @Test
    void aJournalFullOfTrafficStillTakesDenials() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk, 100_000, List.of())) {
            int taken = 0;
            while (append(ledgers, large(taken, Outcome.ALLOWED)) instanceof Receipt) {
                taken++;
            }
            assertThat(taken).isBetween(14, 18);
            assertThat(append(ledgers, large(1_000, Outcome.ALLOWED)))
                    .isInstanceOfSatisfying(
                            Pushback.class,
                            pushback -> assertThat(pushback.reason())
                                    .contains("the journal is full")
                                    .contains("75000")
                                    .contains("traffic"));
            assertThat(append(ledgers, large(2_000, Outcome.DENIED))).isInstanceOf(Receipt.class);
            assertThat(ledgers.set.admission().refusal().orElseThrow()).contains("the journal is full");
        }
    }

    @Test
    void theReserveOfTheDiskIsForRootAlone() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            disk.free = Admission.DISK_RESERVE - 1;
            ledgers.host.pass(1_000_000_000L);
            assertThat(append(ledgers, LedgerFixture.request(1, Outcome.DENIED)))
                    .isInstanceOfSatisfying(
                            Pushback.class,
                            pushback -> assertThat(pushback.reason())
                                    .contains("is full")
                                    .contains(Long.toString(disk.free)));
            ledgers.whileSequencing(() -> ledgers.set.root().refuse("the disk is full"));
            disk.free = Admission.ROOT_RESERVE;
            ledgers.host.pass(1_000_000_000L);
            assertThatThrownBy(() ->
                            ledgers.whileSequencing(() -> ledgers.set.root().refuse("again")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("root takes no entry");
        }
    }

    @Test
    void anEpisodeOfRefusalsIsOnRecordOnceWithItsReasonAndItsEnd() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            RootRecorder root = ledgers.set.root();
            disk.free = Admission.DISK_RESERVE - 1;
            for (int i = 0; i < 3; i++) {
                ledgers.host.pass(1_000_000_000L);
                append(ledgers, LedgerFixture.request(i, Outcome.DENIED));
                ledgers.whileSequencing(root::advance);
            }
            assertThat(told(ledgers)).hasSize(1);
            assertThat(told(ledgers).getFirst().text(Field.ACTION)).contains("refuse");
            assertThat(told(ledgers).getFirst().text(Field.DETAIL).orElseThrow())
                    .contains("the disk of")
                    .contains("is full");

            disk.free = 1L << 40;
            ledgers.host.pass(RefusalEpisode.CALM.toNanos() - 1);
            ledgers.whileSequencing(root::advance);
            assertThat(told(ledgers)).hasSize(1);
            ledgers.host.pass(1);
            ledgers.whileSequencing(root::advance);
            ledgers.whileSequencing(root::advance);
            assertThat(told(ledgers)).hasSize(2);
            assertThat(told(ledgers).getLast().text(Field.ACTION)).contains("resume");
            assertThat(told(ledgers).getLast().attributes()).containsEntry("refused", "3");

            disk.free = 0;
            ledgers.host.pass(1_000_000_000L);
            append(ledgers, LedgerFixture.request(9, Outcome.DENIED));
            assertThatThrownBy(() -> ledgers.whileSequencing(root::advance)).isInstanceOf(IOException.class);
            disk.free = 1L << 40;
            ledgers.host.pass(1_000_000_000L);
            ledgers.whileSequencing(root::advance);
            assertThat(told(ledgers)).as("told as soon as root has room").hasSize(3);
        }
    }

    /// The entries of root about refusals.
    private static List<AuditEvent> told(SteppedLedgers ledgers) throws Exception {
        ledgers.settle();
        LedgerReader root = ledgers.set.named("root").orElseThrow();
        List<AuditEvent> told = new ArrayList<>();
        for (long i = 0; i < root.size(); i++) {
            AuditEvent event = EventCodec.decode(root.entry(i));
            if (List.of("refuse", "resume").contains(event.text(Field.ACTION).orElse(""))) {
                told.add(event);
            }
        }
        return told;
    }

    @Test
    void aFullStateFolderDelaysCheckpointsAndNothingElse() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            disk.refused = Optional.of(folder.resolve("data.state"));
            assertThat(append(ledgers, LedgerFixture.request(1, Outcome.DENIED)))
                    .isInstanceOf(Receipt.class);
            LedgerReader security = ledgers.set.named("security").orElseThrow();
            assertThat(security.publishedSize()).isZero();
            assertThat(ledgers.set.publisher().trouble().orElseThrow())
                    .contains("ledger security")
                    .contains("No space left");
            disk.refused = Optional.empty();
            ledgers.settle();
            assertThat(security.publishedSize()).isEqualTo(1);
            assertThat(ledgers.set.publisher().trouble()).isEmpty();
        }
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsNotShown() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            disk.refused = Optional.of(folder.resolve("data/ledger/security"));
            append(ledgers, LedgerFixture.request(1, Outcome.DENIED));
            LedgerReader security = ledgers.set.named("security").orElseThrow();
            assertThat(security.publishedSize()).isZero();
            append(ledgers, LedgerFixture.request(2, Outcome.DENIED));
            disk.refused = Optional.empty();
            ledgers.settle();
            assertThat(security.publishedSize()).isEqualTo(2);
        }
    }

    @Test
    void whatWasSignedAndNotShownIsShownByTheNextStart() throws Exception {
        Path shown = folder.resolve("data/ledger/security/checkpoint");
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            disk.refused = Optional.of(folder.resolve("data/ledger/security"));
            append(ledgers, LedgerFixture.request(1, Outcome.DENIED));
            assertThat(sizeIn(shown)).isZero();
        }
        disk.refused = Optional.empty();
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            assertThat(sizeIn(shown)).isEqualTo(1);
            assertThat(ledgers.set.named("security").orElseThrow().publishedSize())
                    .isEqualTo(1);
        }
    }

    @Test
    void whoeverElseSignsStopsThePublisher() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, disk)) {
            Path remembered = folder.resolve("data.state/security.checkpoint");
            Files.writeString(remembered, Files.readString(remembered).replace("\n0\n", "\n1\n"));
            CompletableFuture<EventSink.Answer> answer = ledgers.submit(LedgerFixture.request(1, Outcome.DENIED));
            assertThatThrownBy(ledgers::settle)
                    .isInstanceOf(CheckpointConflictException.class)
                    .hasMessageContaining("security");
            assertThat(answer.get()).isInstanceOf(Receipt.class);
        }
    }

    private static long sizeIn(Path checkpoint) throws Exception {
        return Checkpoint.parse(SignedNote.parse(Files.readAllBytes(checkpoint)).text())
                .treeSize();
    }
}
