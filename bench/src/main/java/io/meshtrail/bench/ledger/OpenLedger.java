package io.meshtrail.bench.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Submission;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.DefaultLedgers;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.objectstore.file.FileObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/// The ledgers of a folder with their stations and threads, as the server runs them, and nothing that
/// follows.
final class OpenLedger implements AutoCloseable {
    /// Bytes of an entry that [#event] makes.
    static final int ENTRY_BYTES = 512;

    private static final long JOURNAL_CAP = 16L << 30;

    private final SystemHost host = new SystemHost();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Deque<StationThread> threads = new ArrayDeque<>();
    private final LedgerSet set;

    OpenLedger(Path data) throws IOException {
        Path state = data.resolveSibling(data.getFileName() + ".state");
        host.disk().makeFolder(data);
        host.disk().makeFolder(state);
        set = LedgerSet.open(new LedgerSet.Parts(
                host,
                data,
                state,
                Optional.of("bench.example"),
                DefaultLedgers.settings(),
                DefaultLedgers.router(),
                Map.of(),
                new FileCheckpointStore(host.disk(), state),
                new FileObjectStore(host.disk(), data.resolve("blobs")),
                (name, from) ->
                        FileJournal.open(host.disk(), data.resolve("journal").resolve(name), from),
                (segment, from, to, visitor) -> {
                    throw new IOException("nothing is in segments here");
                },
                List.of(),
                JOURNAL_CAP,
                Duration.ofSeconds(1)));
        threads.push(host.run("appender", set.appender(), failure::set));
        threads.push(host.run("integrator", set.integrator(), failure::set));
        threads.push(host.run("publisher", set.publisher(), failure::set));
    }

    /// An allowed request, of [#ENTRY_BYTES] bytes as an entry.
    static AuditEvent event(long number) {
        AuditEvent.Builder builder = AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(Outcome.ALLOWED)
                .text(Field.HTTP_METHOD, "GET")
                .text(Field.HTTP_PATH, "/orders/" + number)
                .text(Field.SOURCE_IDENTITY, "spiffe://cluster.local/ns/shop/sa/web")
                .text(Field.DESTINATION_IDENTITY, "spiffe://cluster.local/ns/shop/sa/orders")
                .number(Field.HTTP_STATUS, 200)
                .number(Field.TIME, 1_795_528_800_000_000_000L + number);
        int length =
                EventCodec.length(builder.attribute("padding", "").build().withReceived(1_795_528_800_000_000_000L));
        return builder.attribute("padding", "x".repeat(ENTRY_BYTES - length)).build();
    }

    /// Appends events that no retry can repeat.
    CompletableFuture<EventSink.Answer> append(List<AuditEvent> events) {
        return set.appender()
                .append(events.stream()
                        .map(event -> new Submission(event, "bench", null))
                        .toList());
    }

    LedgerReader traffic() {
        return set.named("traffic").orElseThrow();
    }

    /// @throws IOException if a station has failed
    void check() throws IOException {
        if (failure.get() != null) {
            throw new IOException("a station failed", failure.get());
        }
    }

    @Override
    public void close() throws IOException {
        while (!threads.isEmpty()) {
            threads.pop().stop();
        }
        set.close();
    }
}
