package io.meshtrail.index;

import io.meshtrail.engine.Batch;
import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.host.Station;
import io.meshtrail.ledger.Follower;
import io.meshtrail.segment.EventBatch;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentSql;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// All searchable rows: the segments of the manifest, and for what is in no segment the hot tables.
///
/// The two never disagree, because there is one source of truth: hot rows count from where the manifest of
/// the same snapshot ends. So a seal shows its rows neither twice nor not at all, and nothing has to be told
/// to this index: it sees in the manifest which of its rows are no longer needed. A table is dropped when the
/// last snapshot that names it is closed.
///
/// [#integrated] queues; one station thread calls [#advance], which inserts; any thread takes snapshots.
public final class HotIndex implements Index, Follower, Station {
    private final TableEngine engine;
    private final ManifestFile manifest;
    private final HotSettings settings;
    private final LongSupplier elapsed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Map<String, HotLedger> ledgers = new TreeMap<>();
    private long queuedBytes;
    private long tablesMade;

    /// @param elapsed nanoseconds of a clock that never goes back
    public HotIndex(TableEngine engine, ManifestFile manifest, HotSettings settings, LongSupplier elapsed) {
        this.engine = engine;
        this.manifest = manifest;
        this.settings = settings;
        this.elapsed = elapsed;
    }

    TableEngine engine() {
        return engine;
    }

    /// Announces, at the start, that the entries of a ledger up to a size are on their way through
    /// [#integrated]. Until they are in, snapshots say so.
    public void expect(String ledger, long upTo) {
        lock.lock();
        try {
            ledger(ledger).expect(upTo);
        } finally {
            lock.unlock();
        }
    }

    /// Queues events; waits while too many wait already. Those that are in a segment are passed over, so a
    /// journal may be replayed from before.
    ///
    /// @throws IllegalStateException if entries were left out
    @Override
    public void integrated(String ledger, long first, List<AuditEvent> events) throws InterruptedException {
        long bytes = EventWeight.of(events);
        lock.lockInterruptibly();
        try {
            while (queuedBytes > 0 && queuedBytes + bytes > settings.queueBytes()) {
                work.signal();
                room.await();
            }
            HotLedger hot = ledger(ledger);
            long start = hot.next().orElse(Math.max(first, manifest.current().sealedSize(ledger)));
            if (first > start) {
                throw new IllegalStateException(
                        "hot rows of " + ledger + ": entry " + start + " must follow, " + first + " came");
            }
            int known = (int) Math.min(events.size(), start - first);
            if (known < events.size()) {
                List<AuditEvent> fresh = List.copyOf(events.subList(known, events.size()));
                hot.enqueue(new HotLedger.Waiting(start, fresh, bytes, elapsed.getAsLong()));
                queuedBytes += bytes;
                work.signal();
            } else if (hot.next().isEmpty()) {
                hot.startAt(start);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Inserts one batch if one is due, and lets go of tables whose rows are all sealed.
    ///
    /// When the engine refuses rows, for want of memory for example, they stay queued and are tried again
    /// later: snapshots say what is missing, and a full queue makes the door push back.
    @Override
    public boolean advance() {
        boolean tidied = tidied();
        Optional<Due> due = due();
        if (due.isEmpty()) {
            return tidied;
        }
        Due batch = due.get();
        try {
            insert(batch);
            return true;
        } catch (EngineException refused) {
            troubled(batch, refused);
            return false;
        }
    }

    /// Waits until there may be work, at most for the delay of a batch. What waits already but is not due may
    /// grow: only a queue that is half full cannot wait.
    @Override
    public void awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = settings.batchDelay().toNanos() / (queuedBytes == 0 ? 1 : 4);
            boolean idle = queuedBytes == 0;
            while (nanos > 0 && (queuedBytes == 0) == idle && queuedBytes < settings.queueBytes() / 2) {
                nanos = work.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Events that are to be inserted now.
    private record Due(HotLedger hot, HotLedger.Waiting waiting, int taken) {
        Batch rows() {
            return EventBatch.of(waiting.first(), waiting.events().subList(0, taken));
        }
    }

    private Optional<Due> due() {
        lock.lock();
        try {
            long now = elapsed.getAsLong();
            for (HotLedger hot : byAge()) {
                gather(hot);
                HotLedger.Waiting waiting = hot.queue().getFirst();
                if (waiting.events().size() >= settings.batchRows()
                        || queuedBytes >= settings.queueBytes() / 2
                        || now - waiting.since() >= settings.batchDelay().toNanos()) {
                    return Optional.of(
                            new Due(hot, waiting, Math.min(waiting.events().size(), settings.batchRows())));
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// The ledgers that have events waiting, longest waiting first: a flood of one cannot starve the others.
    private List<HotLedger> byAge() {
        List<HotLedger> waiting = new ArrayList<>();
        for (HotLedger hot : ledgers.values()) {
            if (!hot.queue().isEmpty()) {
                waiting.add(hot);
            }
        }
        waiting.sort(
                java.util.Comparator.comparingLong(hot -> hot.queue().getFirst().since()));
        return waiting;
    }

    /// Joins small deliveries at the head of a queue until they fill a batch.
    private void gather(HotLedger hot) {
        HotLedger.Waiting head = hot.queue().removeFirst();
        if (head.events().size() < settings.batchRows() && !hot.queue().isEmpty()) {
            List<AuditEvent> joined = new ArrayList<>(head.events());
            long bytes = head.bytes();
            while (joined.size() < settings.batchRows() && !hot.queue().isEmpty()) {
                HotLedger.Waiting following = hot.queue().removeFirst();
                joined.addAll(following.events());
                bytes += following.bytes();
            }
            head = new HotLedger.Waiting(head.first(), joined, bytes, head.since());
        }
        hot.queue().addFirst(head);
    }

    /// Memory that cannot be had back now is had back later; a refusal here leaves every row where it was.
    private boolean tidied() {
        try {
            return tidy();
        } catch (EngineException later) {
            return false;
        }
    }

    private void insert(Due batch) {
        Optional<HotTable> last = tableWithRoom(batch);
        HotTable table = last.orElseGet(() -> makeTable(batch.waiting().first()));
        try {
            engine.insert(table.name(), batch.rows());
        } catch (EngineException refused) {
            if (last.isEmpty()) {
                drop(List.of(table));
            }
            throw refused;
        }
        inserted(batch, table);
    }

    /// The last table, unless it is full.
    private Optional<HotTable> tableWithRoom(Due due) {
        lock.lock();
        try {
            return Optional.ofNullable(due.hot().tables().peekLast())
                    .filter(last -> last.to() - last.from() + due.taken() <= settings.tableRows());
        } finally {
            lock.unlock();
        }
    }

    /// Only the station thread makes tables.
    private HotTable makeTable(long from) {
        HotTable table = new HotTable("hot_" + ++tablesMade, from);
        engine.execute(SegmentSql.createTable(table.name()));
        return table;
    }

    private void inserted(Due due, HotTable table) {
        lock.lock();
        try {
            HotLedger hot = due.hot();
            HotLedger.Waiting head = hot.queue().removeFirst();
            long bytes = head.bytes();
            if (due.taken() < head.events().size()) {
                List<AuditEvent> rest =
                        head.events().subList(due.taken(), head.events().size());
                bytes = Math.min(bytes, EventWeight.of(head.events().subList(0, due.taken())));
                hot.queue()
                        .addFirst(new HotLedger.Waiting(
                                head.first() + due.taken(), rest, head.bytes() - bytes, head.since()));
            }
            queuedBytes -= bytes;
            table.grownTo(due.waiting().first() + due.taken());
            if (hot.tables().peekLast() != table) {
                hot.tables().addLast(table);
            }
            hot.trouble("");
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void troubled(Due due, EngineException refused) {
        lock.lock();
        try {
            due.hot()
                    .trouble("not searchable yet: " + due.hot().name() + " from "
                            + due.waiting().first() + ": " + refused.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of what the manifest has in segments. A table that still has a few other rows goes too: they
    /// are copied into a new one first. Only the station thread comes here, so no table grows meanwhile.
    private boolean tidy() {
        Manifest now = manifest.current();
        for (HotLedger hot : List.copyOf(known())) {
            long sealed = now.sealedSize(hot.name());
            Optional<HotTable> partly = partlySealed(hot, sealed);
            if (partly.isPresent()) {
                return retire(hot, sealed, Optional.of(copyRest(partly.get(), sealed)));
            }
            if (retire(hot, sealed, Optional.empty())) {
                return true;
            }
        }
        return false;
    }

    private HotTable copyRest(HotTable table, long sealed) {
        HotTable rest = makeTable(sealed);
        try {
            engine.execute("INSERT INTO " + rest.name() + " " + table.select(sealed, table.to()));
        } catch (EngineException refused) {
            drop(List.of(rest));
            throw refused;
        }
        rest.grownTo(table.to());
        return rest;
    }

    private List<HotLedger> known() {
        lock.lock();
        try {
            return List.copyOf(ledgers.values());
        } finally {
            lock.unlock();
        }
    }

    /// The first table, if more of its rows are sealed than not.
    private Optional<HotTable> partlySealed(HotLedger hot, long sealed) {
        lock.lock();
        try {
            for (HotTable table : hot.tables()) {
                if (table.from() < sealed && sealed < table.to()) {
                    return sealed - table.from() >= table.to() - sealed ? Optional.of(table) : Optional.empty();
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private boolean retire(HotLedger hot, long sealed, Optional<HotTable> replacement) {
        List<HotTable> drop = new ArrayList<>();
        boolean some = false;
        lock.lock();
        try {
            for (Iterator<HotTable> tables = hot.tables().iterator(); tables.hasNext(); ) {
                HotTable table = tables.next();
                boolean replaced = replacement.isPresent() && table.from() < sealed;
                if (table.to() <= sealed || replaced) {
                    some = true;
                    tables.remove();
                    if (table.retire()) {
                        drop.add(table);
                    }
                }
            }
            replacement.ifPresent(hot.tables()::addFirst);
        } finally {
            lock.unlock();
        }
        drop(drop);
        return some;
    }

    @Override
    public Snapshot snapshot() {
        lock.lock();
        try {
            Manifest segments = manifest.current();
            List<RowSource> sources = new ArrayList<>();
            Map<String, Long> asOf = new TreeMap<>();
            List<String> missing = new ArrayList<>();
            List<HotTable> pinned = new ArrayList<>();
            TreeSet<String> names = new TreeSet<>(segments.ledgers());
            names.addAll(ledgers.keySet());
            for (String name : names) {
                for (Segment segment : segments.of(name)) {
                    sources.add(source(segment));
                }
                long sealed = segments.sealedSize(name);
                HotLedger hot = ledgers.get(name);
                long size = hot == null ? sealed : Math.max(sealed, hot.end().orElse(0));
                asOf.put(name, size);
                if (hot != null) {
                    for (HotTable table : hot.having(sealed, size)) {
                        sources.add(source(name, table, sealed));
                        table.pin();
                        pinned.add(table);
                    }
                    say(hot, size, missing);
                }
            }
            return new HotSnapshot(this, sources, asOf, missing, pinned);
        } finally {
            lock.unlock();
        }
    }

    private RowSource source(Segment segment) {
        return new RowSource(
                segment.ledger(),
                segment.from(),
                segment.to(),
                SegmentSql.relation(manifest.files().of(segment)),
                segment.firstTime(),
                segment.lastTime());
    }

    private static RowSource source(String ledger, HotTable table, long sealed) {
        long from = Math.max(sealed, table.from());
        return new RowSource(
                ledger, from, table.to(), "(" + table.select(from, table.to()) + ")", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static void say(HotLedger hot, long size, List<String> missing) {
        if (size < hot.expected()) {
            missing.add("catching up: " + hot.name() + " " + size + " of " + hot.expected());
        }
        if (!hot.trouble().isEmpty()) {
            missing.add(hot.trouble());
        }
    }

    /// One more than the last searchable leafIndex of a ledger that is in no segment; empty if there is none.
    public OptionalLong hotEnd(String ledger) {
        lock.lock();
        try {
            HotLedger hot = ledgers.get(ledger);
            return hot == null ? OptionalLong.empty() : hot.end();
        } finally {
            lock.unlock();
        }
    }

    /// About how many bytes of events wait to become searchable.
    public long queuedBytes() {
        lock.lock();
        try {
            return queuedBytes;
        } finally {
            lock.unlock();
        }
    }

    /// Pins the hot rows from..to of a ledger.
    ///
    /// @throws IllegalStateException if not all of them are hot
    HotRows rows(String ledger, long from, long to) {
        lock.lock();
        try {
            List<HotTable> tables = ledger(ledger).having(from, to);
            if (tables.isEmpty()
                    || tables.getFirst().from() > from
                    || tables.getLast().to() < to) {
                throw new IllegalStateException(
                        "hot rows of " + ledger + " " + from + ".." + to + " are not all there");
            }
            tables.forEach(HotTable::pin);
            return new HotRows(this, tables, from, to);
        } finally {
            lock.unlock();
        }
    }

    void release(List<HotTable> pinned) {
        List<HotTable> drop = new ArrayList<>();
        lock.lock();
        try {
            for (HotTable table : pinned) {
                if (table.unpin()) {
                    drop.add(table);
                }
            }
        } finally {
            lock.unlock();
        }
        drop(drop);
    }

    private void drop(List<HotTable> tables) {
        for (HotTable table : tables) {
            engine.execute("DROP TABLE " + table.name());
        }
    }

    private HotLedger ledger(String name) {
        return ledgers.computeIfAbsent(name, HotLedger::new);
    }
}
