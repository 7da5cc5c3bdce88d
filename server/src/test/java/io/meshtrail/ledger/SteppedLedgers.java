package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Submission;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.fsck.Fsck;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.objectstore.file.FileObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// A set of ledgers without threads: each station moves when the test says so.
final class SteppedLedgers implements AutoCloseable {
    static final long JOURNAL_CAP = 64L << 20;

    final SteppedHost host;
    final LedgerSet set;
    final Path data;

    SteppedLedgers(Path folder, RefusingDisk disk) throws IOException {
        this(folder, disk, JOURNAL_CAP, List.of());
    }

    SteppedLedgers(Path folder, RefusingDisk disk, long journalCap, List<Follower> followers) throws IOException {
        this(folder, disk, journalCap, followers, host -> Outside.NONE);
    }

    /// @param outside who is asked before anything is signed
    SteppedLedgers(
            Path folder,
            RefusingDisk disk,
            long journalCap,
            List<Follower> followers,
            Function<SteppedHost, Outside> outside)
            throws IOException {
        host = new SteppedHost(disk);
        data = folder.resolve("data");
        Path state = folder.resolve("data.state");
        disk.makeFolder(data);
        disk.makeFolder(state);
        LedgerSet.Parts parts = new LedgerSet.Parts(
                host,
                data,
                state,
                Optional.of("log.example"),
                DefaultLedgers.settings(),
                DefaultLedgers.router(),
                Map.of(),
                new FileCheckpointStore(disk, state),
                new FileObjectStore(disk, data.resolve("blobs")),
                (name, first) -> FileJournal.open(disk, data.resolve("journal").resolve(name), first),
                LedgerFixture.NO_ROWS,
                followers,
                journalCap,
                Duration.ofSeconds(1));
        set = LedgerSet.open(parts, outside.apply(host));
    }

    /// Hands events in as one request; the identity of each is its request id.
    CompletableFuture<EventSink.Answer> submit(AuditEvent... events) {
        List<Submission> submissions = new ArrayList<>();
        for (AuditEvent event : events) {
            byte[] identity = event.text(io.meshtrail.event.Field.REQUEST_ID)
                    .orElse("none")
                    .getBytes(StandardCharsets.UTF_8);
            submissions.add(new Submission(event, "test", identity));
        }
        return set.appender().append(submissions);
    }

    /// Hands events in and does not wait for the answer.
    void send(AuditEvent... events) {
        if (submit(events).isCompletedExceptionally()) {
            throw new AssertionError("the ledgers have stopped");
        }
    }

    /// All stations until nothing is left to do, then a checkpoint.
    void settle() throws IOException, InterruptedException {
        boolean more = true;
        while (more) {
            boolean sequenced = set.appender().advance();
            more = set.integrator().advance() || sequenced;
        }
        set.publisher().publish();
    }

    /// Lets something that waits for the appender happen.
    void whileSequencing(Writing writing) throws IOException, InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                writing.write();
            } catch (Throwable refused) {
                failure.set(refused);
            }
        });
        while (writer.isAlive()) {
            set.appender().advance();
            set.integrator().advance();
        }
        if (failure.get() instanceof IOException refused) {
            throw refused;
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    /// Something that waits for the appender.
    interface Writing {
        void write() throws IOException, InterruptedException;
    }

    FsckReport fsck() throws IOException {
        return new Fsck(
                        host.disk(),
                        data,
                        (segment, visitor) -> {
                            throw new IOException("nothing is sealed here");
                        },
                        name -> FileJournal.inspect(
                                host.disk(), data.resolve("journal").resolve(name)),
                        (checked, of) -> {})
                .run();
    }

    @Override
    public void close() throws IOException {
        set.close();
    }
}
