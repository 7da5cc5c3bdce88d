package io.meshtrail.query.embedded;

import io.meshtrail.engine.Engine;
import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.event.Timestamp;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// One answer in the making: the snapshot it reads, the time it has left and what it had to leave out.
final class Reading {
    private final Snapshot snapshot;
    private final LongSupplier elapsed;
    private final long end;
    private final Duration limit;
    private final List<String> missing = new ArrayList<>();

    /// @param elapsed nanoseconds of a clock that never goes back
    /// @param limit how long the answer may take
    Reading(Snapshot snapshot, LongSupplier elapsed, Duration limit) {
        this.snapshot = snapshot;
        this.elapsed = elapsed;
        this.limit = limit;
        this.end = elapsed.getAsLong() + limit.toNanos();
        missing.addAll(snapshot.missing());
    }

    List<RowSource> sources() {
        return snapshot.sources();
    }

    /// The scans that a filter needs, of those rows alone that sidecars do not rule out.
    List<Scan> scans(List<RowSource> sources, Filter filter, TimeRange range) {
        return Scan.of(narrowed(sources.stream().filter(range::meets).toList(), filter), filter, range);
    }

    /// The sources with the rows alone that sidecars do not rule out; those that have none are left out.
    List<RowSource> narrowed(List<RowSource> sources, Filter filter) {
        return AskedNeedles.of(filter)
                .map(needles -> snapshot.narrowed(sources, needles))
                .orElse(sources);
    }

    /// Says that something was left out.
    void miss(String what) {
        missing.add(what);
    }

    /// Says that time ran out.
    ///
    /// @param what what was not looked at
    void missByTime(String what) {
        miss("time-out after " + limit.toMillis() + " ms: " + what);
    }

    /// Says that rows were pruned which could have matched.
    void missPruned(RowSource gone) {
        miss("pruned: entries 0 to " + (gone.to() - 1) + " of " + gone.ledger()
                + (gone.lastTime() == Long.MAX_VALUE ? "" : ", events up to " + Timestamp.print(gone.lastTime())));
    }

    Coverage coverage() {
        return new Coverage(List.copyOf(missing), new TreeMap<>(snapshot.asOf()));
    }

    /// Runs a query within the time that is left.
    ///
    /// @throws EngineTimeoutException if it is not enough
    <T> T query(Sql sql, Engine.RowReader<T> reader) {
        Duration left = Duration.ofNanos(Math.max(1, end - elapsed.getAsLong()));
        return snapshot.engine().query(sql.text(), sql.parameters(), left, reader);
    }

    /// Asks about sources; if the engine fails, asks again without those that cannot be read, and says so.
    ///
    /// @throws EngineTimeoutException if time runs out
    /// @throws EngineException if every source can be read alone and yet not all together
    <T> T withReadable(List<RowSource> sources, Function<List<RowSource>, T> ask) {
        try {
            return ask.apply(sources);
        } catch (EngineTimeoutException late) {
            throw late;
        } catch (EngineException broken) {
            List<RowSource> readable =
                    sources.stream().filter(source -> isReadable(source, ask)).toList();
            if (readable.size() == sources.size()) {
                throw broken;
            }
            return ask.apply(readable);
        }
    }

    private <T> boolean isReadable(RowSource source, Function<List<RowSource>, T> ask) {
        try {
            Objects.requireNonNull(ask.apply(List.of(source)));
            return true;
        } catch (EngineTimeoutException late) {
            throw late;
        } catch (EngineException broken) {
            miss("entries " + source.from() + " to " + (source.to() - 1) + " of " + source.ledger()
                    + " cannot be read: " + broken.getMessage());
            return false;
        }
    }
}
