package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.host.Host;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.objectstore.file.FileObjectStore;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A set of ledgers over a temporary folder, with running stations and no engine.
final class LedgerFixture implements AutoCloseable {
    static final SealedRows NO_ROWS = (segment, from, to, visitor) -> {
        throw new IOException("nothing is sealed here");
    };

    final Host host = new SystemHost();
    final LedgerSet ledgers;
    private final List<StationThread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    LedgerFixture(Path folder) throws IOException {
        this(folder, Map.of(), NO_ROWS, List.of());
    }

    LedgerFixture(Path folder, Map<String, List<Segment>> segments, SealedRows rows, List<Follower> followers)
            throws IOException {
        Path data = folder.resolve("data");
        Path state = folder.resolve("data.state");
        host.disk().makeFolder(data);
        host.disk().makeFolder(state);
        ledgers = LedgerSet.open(new LedgerSet.Parts(
                host,
                data,
                state,
                Optional.of("log.example"),
                DefaultLedgers.settings(),
                DefaultLedgers.router(),
                segments,
                new FileCheckpointStore(host.disk(), state),
                new FileObjectStore(host.disk(), data.resolve("blobs")),
                (name, from) ->
                        FileJournal.open(host.disk(), data.resolve("journal").resolve(name), from),
                rows,
                followers,
                2L << 30,
                Duration.ofMillis(20)));
        threads.add(host.run("appender", ledgers.appender(), failure::set));
        threads.add(host.run("integrator", ledgers.integrator(), failure::set));
        threads.add(host.run("publisher", ledgers.publisher(), failure::set));
    }

    LedgerReader ledger(String name) {
        return ledgers.named(name).orElseThrow();
    }

    Receipt append(AuditEvent... events) throws Exception {
        List<Submission> submissions = new ArrayList<>();
        for (AuditEvent event : events) {
            submissions.add(new Submission(event, "test", null));
        }
        EventSink.Answer answer = ledgers.appender().append(submissions).get();
        return (Receipt) answer;
    }

    Receipt append(AuditEvent event, String identity) throws Exception {
        return (Receipt) ledgers.appender()
                .append(List.of(new Submission(event, "test", identity.getBytes(StandardCharsets.UTF_8))))
                .get();
    }

    /// Waits until everything appended so far is under a checkpoint.
    void publish() throws IOException {
        while (!ledgers.integrator().isIdle()) {
            Thread.onSpinWait();
        }
        for (StationThread thread : threads.subList(2, 3)) {
            thread.stop();
        }
        ledgers.publisher().publish();
        threads.set(2, host.run("publisher", ledgers.publisher(), failure::set));
    }

    static AuditEvent request(int number, Outcome outcome) {
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(outcome)
                .text(Field.HTTP_PATH, "/orders/" + number)
                .text(Field.REQUEST_ID, "request-" + number)
                .number(Field.HTTP_STATUS, 200)
                .build();
    }

    /// Ends without a word, as a killed process does.
    @Override
    public void close() throws IOException {
        threads.forEach(StationThread::stop);
        ledgers.close();
        if (failure.get() != null) {
            throw new IOException("a station failed", failure.get());
        }
    }
}
