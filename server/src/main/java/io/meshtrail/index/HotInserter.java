package io.meshtrail.index;

import io.meshtrail.engine.Batch;
import io.meshtrail.engine.EngineException;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.segment.EventBatch;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.SegmentSql;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Brings queued events into hot tables, and lets go of tables whose rows are in segments. One thread: nobody
/// else
/// makes tables or lets them grow.
final class HotInserter {
    private final HotState state;
    private final ManifestFile manifest;
    private final LongSupplier elapsed;
    private long tablesMade;

    HotInserter(HotState state, ManifestFile manifest, LongSupplier elapsed) {
        this.state = state;
        this.manifest = manifest;
        this.elapsed = elapsed;
    }

    /// Inserts one batch if one is due, and lets go of tables whose rows are all sealed.
    ///
    /// When the engine refuses rows, for want of memory for example, they stay queued and are tried again
    /// later: snapshots say what is missing, and a full queue makes the door push back.
    boolean advance() {
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

    /// Events that are to be inserted now.
    private record Due(HotLedger hot, HotLedger.Waiting waiting, int taken) {
        Batch rows() {
            return EventBatch.of(waiting.first(), waiting.events().subList(0, taken));
        }
    }

    private Optional<Due> due() {
        state.lock.lock();
        try {
            long now = elapsed.getAsLong();
            for (HotLedger hot : byAge()) {
                gather(hot);
                HotLedger.Waiting waiting = hot.queue().getFirst();
                if (waiting.events().size() >= state.settings.batchRows()
                        || state.queuedBytes >= state.settings.queueBytes() / 2
                        || now - waiting.since() >= state.settings.batchDelay().toNanos()) {
                    return Optional.of(
                            new Due(hot, waiting, Math.min(waiting.events().size(), state.settings.batchRows())));
                }
            }
            return Optional.empty();
        } finally {
            state.lock.unlock();
        }
    }

    /// The ledgers that have events waiting, longest waiting first: a flood of one cannot starve the others.
    private List<HotLedger> byAge() {
        List<HotLedger> waiting = new ArrayList<>();
        for (HotLedger hot : state.ledgers.values()) {
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
        if (head.events().size() < state.settings.batchRows() && !hot.queue().isEmpty()) {
            List<AuditEvent> joined = new ArrayList<>(head.events());
            long bytes = head.bytes();
            while (joined.size() < state.settings.batchRows() && !hot.queue().isEmpty()) {
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
            state.engine.insert(table.name(), batch.rows());
        } catch (EngineException refused) {
            if (last.isEmpty()) {
                state.drop(List.of(table));
            }
            throw refused;
        }
        inserted(batch, table);
    }

    /// The last table, unless it is full.
    private Optional<HotTable> tableWithRoom(Due due) {
        state.lock.lock();
        try {
            return Optional.ofNullable(due.hot().tables().peekLast())
                    .filter(last -> last.to() - last.from() + due.taken() <= state.settings.tableRows());
        } finally {
            state.lock.unlock();
        }
    }

    /// Only the station thread makes tables.
    private HotTable makeTable(long from) {
        HotTable table = new HotTable("hot_" + ++tablesMade, from);
        state.engine.execute(SegmentSql.createTable(table.name()));
        return table;
    }

    private void inserted(Due due, HotTable table) {
        state.lock.lock();
        try {
            HotLedger hot = due.hot();
            HotLedger.Waiting head = hot.queue().removeFirst();
            long bytes = head.bytes();
            if (due.taken() < head.events().size()) {
                List<AuditEvent> rest =
                        head.events().subList(due.taken(), head.events().size());
                // Their share, not their weight: to weigh each event twice costs more than the error.
                bytes = head.bytes() * due.taken() / head.events().size();
                hot.queue()
                        .addFirst(new HotLedger.Waiting(
                                head.first() + due.taken(), rest, head.bytes() - bytes, head.since()));
            }
            state.queuedBytes -= bytes;
            table.grownTo(due.waiting().first() + due.taken());
            if (hot.tables().peekLast() != table) {
                hot.tables().addLast(table);
            }
            hot.trouble("");
            state.room.signalAll();
        } finally {
            state.lock.unlock();
        }
    }

    private void troubled(Due due, EngineException refused) {
        state.lock.lock();
        try {
            due.hot()
                    .trouble("not searchable yet: " + due.hot().name() + " from "
                            + due.waiting().first() + ": " + refused.getMessage());
        } finally {
            state.lock.unlock();
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
            state.engine.execute("INSERT INTO " + rest.name() + " " + table.select(sealed, table.to()));
        } catch (EngineException refused) {
            state.drop(List.of(rest));
            throw refused;
        }
        rest.grownTo(table.to());
        return rest;
    }

    private List<HotLedger> known() {
        state.lock.lock();
        try {
            return List.copyOf(state.ledgers.values());
        } finally {
            state.lock.unlock();
        }
    }

    /// The first table, if more of its rows are sealed than not.
    private Optional<HotTable> partlySealed(HotLedger hot, long sealed) {
        state.lock.lock();
        try {
            for (HotTable table : hot.tables()) {
                if (table.from() < sealed && sealed < table.to()) {
                    return sealed - table.from() >= table.to() - sealed ? Optional.of(table) : Optional.empty();
                }
            }
            return Optional.empty();
        } finally {
            state.lock.unlock();
        }
    }

    private boolean retire(HotLedger hot, long sealed, Optional<HotTable> replacement) {
        List<HotTable> drop = new ArrayList<>();
        boolean some = false;
        state.lock.lock();
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
            state.lock.unlock();
        }
        state.drop(drop);
        return some;
    }
}
