package io.meshtrail.ledger;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.journal.JournalRecord;
import io.meshtrail.journal.SyncException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The sequencer: gives each event its leafIndex and `received`, makes a batch durable with one sync for
/// each ledger it
/// touches, and answers. What waits is bounded by bytes; beyond that the answer is "not now".
public final class Appender implements EventSink, Station {
    /// The most entry bytes that wait for their place.
    static final long WAITING_BYTES = 64L * 1024 * 1024;

    /// The most entry bytes that one sync covers.
    static final long BATCH_BYTES = 4L * 1024 * 1024;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Host host;
    private final Preparation preparation;
    private final Admission admission;
    private final Duplicates duplicates;
    private final BlockingQueue<SequencedBatch> sequenced;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile Optional<String> stopped = Optional.empty();
    private volatile Disguise disguise = Disguise.NONE;
    private Optional<Waiting> left = Optional.empty();

    Appender(
            Host host,
            Preparation preparation,
            Admission admission,
            Duplicates duplicates,
            BlockingQueue<SequencedBatch> sequenced) {
        this.host = host;
        this.preparation = preparation;
        this.admission = admission;
        this.duplicates = duplicates;
        this.sequenced = sequenced;
    }

    /// From now on events are stored as the disguise gives them. It must read ledgers first, and they
    /// need this appender; so it comes second. What is written about ledgers in `root` names no person
    /// and is not disguised.
    public void disguise(Disguise worn) {
        disguise = worn;
    }

    @Override
    public CompletableFuture<Answer> append(List<Submission> events) {
        long now = host.now();
        List<Prepared> prepared = new ArrayList<>(events.size());
        try {
            // A crash from here on may leave subjects that no entry names; never an entry whose subject
            // is lost.
            List<Submission> stored = disguise.of(events);
            for (int i = 0; i < events.size(); i++) {
                prepared.add(preparation.prepare(stored.get(i), preparation.ledgerOf(events.get(i)), now));
            }
        } catch (IOException refused) {
            return CompletableFuture.completedFuture(admission.refused(refused));
        }
        return enqueue(prepared, WAITING_BYTES);
    }

    /// Appends an event of our own to a ledger of our choice. It may wait beyond the bound for others.
    CompletableFuture<Answer> append(AuditEvent event, String ledger) {
        try {
            return enqueue(
                    List.of(preparation.prepare(event, ledger, Fingerprint.NONE, host.now())), 2 * WAITING_BYTES);
        } catch (IOException blobRefused) {
            return CompletableFuture.failedFuture(blobRefused);
        }
    }

    private CompletableFuture<Answer> enqueue(List<Prepared> prepared, long bound) {
        Waiting waiting = new Waiting(prepared, new CompletableFuture<>());
        Optional<String> ending = stopped;
        if (ending.isPresent()) {
            return CompletableFuture.completedFuture(new Pushback(ending.orElseThrow(), SOON));
        }
        if (waitingBytes.addAndGet(waiting.bytes()) > bound && waitingBytes.get() > waiting.bytes()) {
            long others = waitingBytes.addAndGet(-waiting.bytes());
            return CompletableFuture.completedFuture(
                    new Pushback("overload: " + others + " bytes already wait for the journal", SOON));
        }
        queue.add(waiting);
        return waiting.answer();
    }

    /// Takes nothing more; what waits is still worked off.
    void stop(String reason) {
        stopped = Optional.of(reason);
    }

    /// Whether nothing waits.
    boolean isIdle() {
        return waitingBytes.get() == 0;
    }

    @Override
    public void awaitWork() throws InterruptedException {
        left = Optional.ofNullable(queue.poll(20, TimeUnit.MILLISECONDS));
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        List<Waiting> batch = new ArrayList<>();
        long bytes = 0;
        Waiting next = left.orElseGet(queue::poll);
        left = Optional.empty();
        while (next != null) {
            batch.add(next);
            bytes += next.bytes();
            next = bytes < BATCH_BYTES ? queue.poll() : null;
        }
        if (batch.isEmpty()) {
            return false;
        }
        try {
            sequence(batch);
        } catch (IOException | InterruptedException | RuntimeException | Error broken) {
            // Some of these events may be durable and some not: that is for the next start to find out.
            batch.forEach(waiting -> waiting.answer().completeExceptionally(broken));
            fail(broken);
            throw broken;
        } finally {
            waitingBytes.addAndGet(-bytes);
        }
        return true;
    }

    /// Nothing is taken any more, and whoever waits is told; the station does not run again.
    private void fail(Throwable broken) {
        stop("the server is stopping: " + broken.getMessage());
        for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.answer().completeExceptionally(broken);
            waitingBytes.addAndGet(-waiting.bytes());
        }
    }

    private void sequence(List<Waiting> batch) throws IOException, InterruptedException {
        Map<Ledger, LedgerBatch> byLedger = new LinkedHashMap<>();
        List<Answered> answers = new ArrayList<>(batch.size());
        for (Waiting waiting : batch) {
            answers.add(new Answered(waiting, place(waiting, byLedger)));
        }
        try {
            for (Map.Entry<Ledger, LedgerBatch> each : byLedger.entrySet()) {
                each.getKey().journal().append(each.getValue().records());
            }
        } catch (SyncException unsure) {
            throw unsure;
        } catch (IOException full) {
            takeBack(byLedger);
            Pushback pushback = admission.refused(full);
            host.execute(() ->
                    answers.forEach(answered -> answered.waiting().answer().complete(pushback)));
            return;
        }
        // A crash before the syncs end may keep or lose any of these records; nobody was promised them.
        for (Ledger ledger : byLedger.keySet()) {
            ledger.journal().sync();
        }
        host.execute(
                () -> answers.forEach(answered -> answered.waiting().answer().complete(answered.answer())));
        for (Map.Entry<Ledger, LedgerBatch> each : byLedger.entrySet()) {
            sequenced.put(each.getValue().sequenced(each.getKey()));
        }
    }

    /// Gives all events of a request their places, or none.
    private Answer place(Waiting waiting, Map<Ledger, LedgerBatch> byLedger) {
        long now = host.now();
        for (Map.Entry<Ledger, Long> need : waiting.bytesByLedger().entrySet()) {
            Optional<Pushback> refusal = admission.check(need.getKey(), need.getValue());
            if (refusal.isPresent()) {
                return refusal.orElseThrow();
            }
        }
        List<Placement> placements = new ArrayList<>(waiting.prepared().size());
        for (Prepared prepared : waiting.prepared()) {
            Optional<Address> earlier = duplicates.find(prepared.fingerprint(), now);
            if (earlier.isPresent()) {
                placements.add(new Placement(earlier.orElseThrow(), true));
                continue;
            }
            LedgerBatch batch = byLedger.computeIfAbsent(prepared.ledger(), LedgerBatch::new);
            Address address = batch.add(prepared);
            duplicates.remember(prepared.fingerprint(), address, now);
            placements.add(new Placement(address, false));
        }
        return new Receipt(placements);
    }

    private void takeBack(Map<Ledger, LedgerBatch> byLedger) throws IOException {
        for (Map.Entry<Ledger, LedgerBatch> each : byLedger.entrySet()) {
            each.getKey().journal().discard(each.getValue().first());
            each.getValue().fingerprints().forEach(duplicates::withdraw);
        }
    }

    private record Waiting(List<Prepared> prepared, CompletableFuture<Answer> answer) {
        long bytes() {
            long bytes = 64;
            for (Prepared each : prepared) {
                bytes += each.entry().length();
            }
            return bytes;
        }

        Map<Ledger, Long> bytesByLedger() {
            Map<Ledger, Long> bytes = new LinkedHashMap<>();
            for (Prepared each : prepared) {
                bytes.merge(each.ledger(), (long) each.entry().length(), Long::sum);
            }
            return bytes;
        }
    }

    private record Answered(Waiting waiting, Answer answer) {}

    /// What one batch adds to one ledger.
    private static final class LedgerBatch {
        private final Ledger ledger;
        private final long first;
        private final List<JournalRecord> records = new ArrayList<>();
        private final List<AuditEvent> events = new ArrayList<>();
        private final List<Fingerprint> fingerprints = new ArrayList<>();

        LedgerBatch(Ledger ledger) {
            this.ledger = ledger;
            this.first = ledger.journal().next();
        }

        Address add(Prepared prepared) {
            long leafIndex = first + records.size();
            long claimed = prepared.event().number(Field.RECEIVED).orElseThrow();
            long received = ledger.receive(claimed);
            if (received != claimed) {
                prepared.entry().setReceived(received);
            }
            events.add(received == claimed ? prepared.event() : prepared.event().withReceived(received));
            Fingerprint fingerprint = prepared.fingerprint();
            records.add(new JournalRecord(
                    leafIndex,
                    fingerprint.high(),
                    fingerprint.low(),
                    prepared.entry().bytes()));
            fingerprints.add(fingerprint);
            return new Address(ledger.name(), leafIndex);
        }

        long first() {
            return first;
        }

        List<JournalRecord> records() {
            return records;
        }

        List<Fingerprint> fingerprints() {
            return fingerprints;
        }

        SequencedBatch sequenced(Ledger of) {
            return new SequencedBatch(
                    of, first, records.stream().map(JournalRecord::entry).toList(), events);
        }
    }
}
