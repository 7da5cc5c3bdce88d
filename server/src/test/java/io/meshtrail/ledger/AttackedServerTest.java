package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.attack.Seed;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Submission;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.objectstore.CheckpointConflictException;
import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.objectstore.file.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attacks on a server that runs: old data put back, a second writer, a clock set back, events that are
/// dropped on the way. Each is carried out with and without the mechanism that is against it.
class AttackedServerTest {
    @TempDir
    private Path folder;

    private final Random random = Seed.random();
    private final SteppedHost host = new SteppedHost(new SystemDisk());
    private int numbers;

    private LedgerSet open(String data, CheckpointStore state) throws IOException {
        Path path = folder.resolve(data);
        host.disk().makeFolder(path);
        host.disk().makeFolder(folder.resolve("state"));
        return LedgerSet.open(new LedgerSet.Parts(
                host,
                path,
                folder.resolve("state"),
                Optional.of("log.example"),
                DefaultLedgers.settings(),
                DefaultLedgers.router(),
                Map.of(),
                state,
                new FileObjectStore(host.disk(), path.resolve("blobs")),
                (name, first) ->
                        FileJournal.open(host.disk(), path.resolve("journal").resolve(name), first),
                LedgerFixture.NO_ROWS,
                List.of(),
                1L << 30,
                Duration.ofSeconds(1)));
    }

    private CheckpointStore state() {
        return new FileCheckpointStore(host.disk(), folder.resolve("state"));
    }

    /// A state folder with the compare-and-set switched off.
    private CheckpointStore careless() {
        CheckpointStore store = state();
        return new CheckpointStore() {
            @Override
            public Optional<byte[]> last(String ledger) throws IOException {
                return store.last(ledger);
            }

            @Override
            public void compareAndSet(String ledger, Optional<byte[]> expected, byte[] next) throws IOException {
                store.compareAndSet(ledger, store.last(ledger), next);
            }
        };
    }

    private static void settle(LedgerSet set) throws IOException, InterruptedException {
        boolean more = true;
        while (more) {
            boolean appended = set.appender().advance();
            more = set.integrator().advance() || appended;
        }
        set.publisher().publish();
    }

    private void send(LedgerSet set, int count) throws IOException, InterruptedException {
        List<Submission> submissions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            submissions.add(new Submission(LedgerFixture.request(numbers++, Outcome.DENIED), "test", null));
        }
        assertThat(set.appender().append(submissions)).isNotNull();
        settle(set);
    }

    private void copy(String from, String to) throws IOException {
        Path source = folder.resolve(from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(to).resolve(source.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void anOldBackupIsRefusedByTheStateFolderAndByNobodyIfThatIsPutBackToo() throws Exception {
        try (LedgerSet set = open("data", state())) {
            send(set, 1 + random.nextInt(40));
            copy("data", "backup");
            copy("state", "old-state");
            send(set, 1 + random.nextInt(40));
        }
        assertThatThrownBy(() -> open("backup", state()))
                .as("seed %d", Seed.VALUE)
                .isInstanceOf(StaleDataException.class)
                .hasMessageContaining("security");

        // The mechanism is off: the state folder is as old as the data, and another history grows.
        CheckpointStore old = new FileCheckpointStore(host.disk(), folder.resolve("old-state"));
        try (LedgerSet set = open("backup", old)) {
            send(set, 50);
            assertThat(set.named("security").orElseThrow().publishedSize()).isGreaterThan(50);
        }
    }

    @Test
    void aSecondWriterIsStoppedByTheCompareAndSetOfTheStateFolder() throws Exception {
        try (LedgerSet one = open("data", state())) {
            send(one, 1 + random.nextInt(20));
            copy("data", "twin");
            try (LedgerSet other = open("twin", state())) {
                send(one, 1 + random.nextInt(20));
                assertThatThrownBy(() -> send(other, 3))
                        .as("seed %d", Seed.VALUE)
                        .isInstanceOf(CheckpointConflictException.class);
            }
        }
    }

    @Test
    void aSecondWriterIsStoppedByNobodyWithoutTheCompareAndSet() throws Exception {
        try (LedgerSet one = open("data", careless())) {
            send(one, 2);
            copy("data", "twin");
            try (LedgerSet other = open("twin", careless())) {
                send(one, 3);
                send(other, 3);
                send(one, 1);
                assertThat(one.named("security").orElseThrow().publishedSize()).isEqualTo(6);
                assertThat(other.named("security").orElseThrow().publishedSize())
                        .as("two histories are signed, and both are shown")
                        .isEqualTo(5);
            }
        }
    }

    @Test
    void aClockThatIsSetBackSetsNoEntryBack() throws Exception {
        List<Long> received = new ArrayList<>();
        List<Long> clock = new ArrayList<>();
        try (LedgerSet set = open("data", state())) {
            for (int i = 0; i < 8; i++) {
                clock.add(host.now());
                send(set, 1);
                long step = 1L + random.nextInt(1_000_000_000);
                host.pass(random.nextInt(3) == 0 || i == 3 ? -step : step);
            }
            LedgerReader ledger = set.named("security").orElseThrow();
            for (long i = 0; i < ledger.size(); i++) {
                AuditEvent event = EventCodec.decode(ledger.entry(i));
                received.add(event.number(Field.RECEIVED).orElseThrow());
            }
        }
        assertThat(received).as("seed %d", Seed.VALUE).isSorted().hasSameSizeAs(clock);
        assertThat(isSorted(clock)).as("the clock alone went back").isFalse();
    }

    private static boolean isSorted(List<Long> times) {
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i) < times.get(i - 1)) {
                return false;
            }
        }
        return true;
    }

    /// A producer that numbers what it sends makes the hole visible; one that does not leaves none to see.
    @Test
    void anEventThatIsDroppedBeforeItIsSequencedLeavesAHoleInTheProducersNumbers() throws Exception {
        int dropped = 1 + random.nextInt(8);
        for (boolean numbered : new boolean[] {true, false}) {
            try (LedgerSet set = open("data-" + numbered, new InMemoryState())) {
                for (int i = 0; i < 10; i++) {
                    AuditEvent.Builder event =
                            LedgerFixture.request(i, Outcome.DENIED).toBuilder().text(Field.PRODUCER_ID, "proxy-1");
                    if (numbered) {
                        event.number(Field.PRODUCER_SEQUENCE, i);
                    }
                    if (i != dropped) {
                        assertThat(set.appender().append(List.of(new Submission(event.build(), "test", null))))
                                .isNotNull();
                    }
                }
                settle(set);
                assertThat(holes(set.named("security").orElseThrow()))
                        .as("numbered: %s, seed %d", numbered, Seed.VALUE)
                        .isEqualTo(numbered ? List.of((long) dropped) : List.of());
            }
            try (Stream<Path> state = Files.walk(folder.resolve("state"))) {
                for (Path file : state.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// What an auditor does: the numbers of a producer follow each other.
    private static List<Long> holes(LedgerReader ledger) throws Exception {
        List<Long> holes = new ArrayList<>();
        long next = 0;
        for (long i = 0; i < ledger.size(); i++) {
            AuditEvent event = EventCodec.decode(ledger.entry(i));
            if (event.number(Field.PRODUCER_SEQUENCE).isPresent()) {
                long number = event.number(Field.PRODUCER_SEQUENCE).orElseThrow();
                for (; next < number; next++) {
                    holes.add(next);
                }
                next = number + 1;
            }
        }
        return holes;
    }

    /// A state folder in memory.
    private static final class InMemoryState implements CheckpointStore {
        private final Map<String, byte[]> notes = new HashMap<>();

        @Override
        public Optional<byte[]> last(String ledger) {
            return Optional.ofNullable(notes.get(ledger));
        }

        @Override
        public void compareAndSet(String ledger, Optional<byte[]> expected, byte[] next) {
            notes.put(ledger, next);
        }
    }
}
