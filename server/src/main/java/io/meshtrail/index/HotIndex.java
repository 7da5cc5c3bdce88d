package io.meshtrail.index;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.host.Station;
import io.meshtrail.ledger.Follower;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final HotState state;
    private final HotInserter inserter;
    private final ManifestFile manifest;
    private final LongSupplier elapsed;
    private final NeedleIndex needles;

    /// An index that looks into no sidecar.
    ///
    /// @param elapsed nanoseconds of a clock that never goes back
    public HotIndex(TableEngine engine, ManifestFile manifest, HotSettings settings, LongSupplier elapsed) {
        this(engine, manifest, NeedleIndex.none(), settings, elapsed);
    }

    /// @param needles the sidecars that snapshots look into
    /// @param elapsed nanoseconds of a clock that never goes back
    public HotIndex(
            TableEngine engine,
            ManifestFile manifest,
            NeedleIndex needles,
            HotSettings settings,
            LongSupplier elapsed) {
        this.needles = needles;
        this.state = new HotState(engine, settings);
        this.inserter = new HotInserter(state, manifest, elapsed);
        this.manifest = manifest;
        this.elapsed = elapsed;
    }

    NeedleIndex needles() {
        return needles;
    }

    TableEngine engine() {
        return state.engine;
    }

    /// Announces, at the start, that the entries of a ledger up to a size are on their way through
    /// [#integrated]. Until they are in, snapshots say so.
    public void expect(String ledger, long upTo) {
        state.lock.lock();
        try {
            state.ledger(ledger).expect(upTo);
        } finally {
            state.lock.unlock();
        }
    }

    /// Queues events; waits while too many wait already. Those that are in a segment are passed over, so a
    /// journal may be replayed from before.
    ///
    /// @throws IllegalStateException if entries were left out
    @Override
    public void integrated(String ledger, long first, List<AuditEvent> events) throws InterruptedException {
        long bytes = EventWeight.of(events);
        state.lock.lockInterruptibly();
        try {
            while (state.queuedBytes > 0 && state.queuedBytes + bytes > state.settings.queueBytes()) {
                state.work.signal();
                state.room.await();
            }
            HotLedger hot = state.ledger(ledger);
            long start = hot.next().orElse(Math.max(first, manifest.current().sealedSize(ledger)));
            if (first > start) {
                throw new IllegalStateException(
                        "hot rows of " + ledger + ": entry " + start + " must follow, " + first + " came");
            }
            int known = (int) Math.min(events.size(), start - first);
            if (known < events.size()) {
                List<AuditEvent> fresh = List.copyOf(events.subList(known, events.size()));
                hot.enqueue(new HotLedger.Waiting(start, fresh, bytes, elapsed.getAsLong()));
                state.queuedBytes += bytes;
                state.work.signal();
            } else if (hot.next().isEmpty()) {
                hot.startAt(start);
            }
        } finally {
            state.lock.unlock();
        }
    }

    /// Inserts one batch if one is due, and lets go of tables whose rows are all sealed.
    @Override
    public boolean advance() {
        return inserter.advance();
    }

    /// Waits until there may be work, at most for the delay of a batch. What waits already but is not due may
    /// grow: only a queue that is half full cannot wait, unless the engine refuses rows at the moment.
    @Override
    public void awaitWork() throws InterruptedException {
        state.lock.lockInterruptibly();
        try {
            long nanos = state.settings.batchDelay().toNanos() / (state.queuedBytes == 0 ? 1 : 4);
            boolean idle = state.queuedBytes == 0;
            boolean refused = state.ledgers.values().stream()
                    .anyMatch(hot -> !hot.trouble().isEmpty());
            while (nanos > 0
                    && (state.queuedBytes == 0) == idle
                    && (refused || state.queuedBytes < state.settings.queueBytes() / 2)) {
                nanos = state.work.awaitNanos(nanos);
            }
        } finally {
            state.lock.unlock();
        }
    }

    @Override
    public Snapshot snapshot() {
        state.lock.lock();
        try {
            Manifest segments = manifest.current();
            List<RowSource> sources = new ArrayList<>();
            Map<String, Long> asOf = new TreeMap<>();
            List<String> missing = new ArrayList<>();
            List<HotTable> pinned = new ArrayList<>();
            List<RowSource> pruned = new ArrayList<>();
            TreeSet<String> names = new TreeSet<>(segments.ledgers());
            names.addAll(state.ledgers.keySet());
            for (String name : names) {
                for (Segment segment : segments.of(name)) {
                    sources.add(source(segment));
                }
                pruned(segments, name).ifPresent(pruned::add);
                long sealed = segments.sealedSize(name);
                HotLedger hot = state.ledgers.get(name);
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
            state.read.merge(segments, 1, Integer::sum);
            return new HotSnapshot(this, sources, asOf, missing, pinned, segments, pruned);
        } finally {
            state.lock.unlock();
        }
    }

    /// What is no longer there of a ledger, as far as the manifest shows.
    private Optional<RowSource> pruned(Manifest segments, String ledger) {
        List<Segment> own = segments.of(ledger);
        long begin = own.isEmpty() ? 0 : own.getFirst().from();
        return begin == 0
                ? Optional.empty()
                : Optional.of(new RowSource(
                        ledger, 0, begin, "", Long.MIN_VALUE, state.prunedTimes.getOrDefault(ledger, Long.MAX_VALUE)));
    }

    /// Says, before the manifest lets them go, up to which event time rows of a ledger may be missing.
    public void prunes(String ledger, long lastTime) {
        state.lock.lock();
        try {
            state.prunedTimes.merge(ledger, lastTime, Math::max);
        } finally {
            state.lock.unlock();
        }
    }

    /// Whether an open snapshot names a segment. One that the manifest no longer names will not be named again.
    public boolean isRead(Segment segment) {
        state.lock.lock();
        try {
            return state.read.keySet().stream()
                    .anyMatch(manifest -> manifest.of(segment.ledger()).contains(segment));
        } finally {
            state.lock.unlock();
        }
    }

    /// A snapshot no longer reads a manifest.
    void closed(Manifest segments) {
        state.lock.lock();
        try {
            state.read.computeIfPresent(segments, (same, readers) -> readers == 1 ? null : readers - 1);
        } finally {
            state.lock.unlock();
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
        state.lock.lock();
        try {
            HotLedger hot = state.ledgers.get(ledger);
            return hot == null ? OptionalLong.empty() : hot.end();
        } finally {
            state.lock.unlock();
        }
    }

    /// About how many bytes of events wait to become searchable.
    public long queuedBytes() {
        state.lock.lock();
        try {
            return state.queuedBytes;
        } finally {
            state.lock.unlock();
        }
    }

    /// Pins the hot rows from..to of a ledger.
    ///
    /// @throws IllegalStateException if not all of them are hot
    HotRows rows(String ledger, long from, long to) {
        state.lock.lock();
        try {
            List<HotTable> tables = state.ledger(ledger).having(from, to);
            if (tables.isEmpty()
                    || tables.getFirst().from() > from
                    || tables.getLast().to() < to) {
                throw new IllegalStateException(
                        "hot rows of " + ledger + " " + from + ".." + to + " are not all there");
            }
            tables.forEach(HotTable::pin);
            return new HotRows(this, tables, from, to);
        } finally {
            state.lock.unlock();
        }
    }

    void release(List<HotTable> pinned) {
        List<HotTable> drop = new ArrayList<>();
        state.lock.lock();
        try {
            for (HotTable table : pinned) {
                if (table.unpin()) {
                    drop.add(table);
                }
            }
        } finally {
            state.lock.unlock();
        }
        state.drop(drop);
    }
}
