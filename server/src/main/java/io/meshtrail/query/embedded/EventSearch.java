package io.meshtrail.query.embedded;

import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.event.Address;
import io.meshtrail.event.Timestamp;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Search;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the newest matching events: their keys first, for whole rows are ten times as dear. Walks the
/// sources from the newest on, ever more at a time, and stops when no older one can hold anything newer.
final class EventSearch {
    private static final int FIRST_STEP = 4;

    private final Reading reading;
    private final Search search;
    private final TimeRange range;
    private final Optional<Key> after;
    private final int wanted;

    /// @param after the last key of the page before
    /// @param wanted how many keys to find
    EventSearch(Reading reading, Search search, Optional<Key> after, int wanted) {
        this.reading = reading;
        this.search = search;
        this.range = new TimeRange(search.from(), search.to());
        this.after = after;
        this.wanted = wanted;
    }

    /// The first keys after `after`, newest first; fewer than wanted if there are no more.
    List<Key> keys() {
        List<Key> best = new ArrayList<>();
        List<RowSource> waiting = waiting();
        int step = FIRST_STEP;
        while (!waiting.isEmpty() && !isSure(best, waiting.getFirst())) {
            List<RowSource> batch = waiting.subList(0, Math.min(step, waiting.size()));
            try {
                best.addAll(reading.withReadable(batch, this::ask));
            } catch (EngineTimeoutException late) {
                sayWhatIsLeft(waiting);
                break;
            }
            best.sort(Comparator.naturalOrder());
            best.subList(Math.min(wanted, best.size()), best.size()).clear();
            waiting = waiting.subList(batch.size(), waiting.size());
            step *= 2;
        }
        return List.copyOf(best);
    }

    private List<RowSource> waiting() {
        List<RowSource> candidates = reading.sources().stream()
                .filter(range::meets)
                .filter(source ->
                        after.isEmpty() || source.firstTime() <= after.get().when())
                .filter(source -> !Narrowing.to(source, search.filter()).equals(Narrowing.NOTHING))
                .toList();
        return reading.narrowed(candidates, search.filter()).stream()
                .sorted(Comparator.comparingLong(RowSource::lastTime)
                        .thenComparingLong(RowSource::to)
                        .reversed())
                .toList();
    }

    private boolean isSure(List<Key> best, RowSource next) {
        return best.size() == wanted && best.getLast().when() > next.lastTime();
    }

    private void sayWhatIsLeft(List<RowSource> waiting) {
        long newest = waiting.getFirst().lastTime();
        reading.missByTime(waiting.size() + " of " + reading.sources().size() + " parts were not looked at"
                + (newest == Long.MAX_VALUE ? "" : ", events at and before " + Timestamp.print(newest)));
    }

    private List<Key> ask(List<RowSource> batch) {
        List<Sql> scans = Scan.of(batch, search.filter(), range).stream()
                .map(this::newest)
                .toList();
        if (scans.isEmpty()) {
            return List.of();
        }
        return reading.query(new Sql().join(scans, " UNION ALL "), EventSearch::read);
    }

    private Sql newest(Scan scan) {
        Sql projection =
                new Sql().bind(scan.ledger()).add(" AS l, " + Column.LEAF_INDEX + " AS i, " + Column.WHEN + " AS w");
        Sql rows = scan.select(projection, Set.of(Column.TIME, Column.RECEIVED), range, isAfter(scan.ledger()));
        return new Sql()
                .add("(")
                .add(rows)
                .add(" ORDER BY w DESC, i DESC LIMIT ")
                .bind(wanted)
                .add(")");
    }

    private Sql isAfter(String ledger) {
        if (after.isEmpty()) {
            return new Sql().add("TRUE");
        }
        Key last = after.get();
        int order = ledger.compareTo(last.address().ledger());
        if (order != 0) {
            return new Sql().add(Column.WHEN + (order < 0 ? " <= " : " < ")).bind(last.when());
        }
        return new Sql()
                .add("(" + Column.WHEN + " < ")
                .bind(last.when())
                .add(" OR " + Column.WHEN + " = ")
                .bind(last.when())
                .add(" AND " + Column.LEAF_INDEX + " < ")
                .bind(last.address().leafIndex())
                .add(")");
    }

    private static List<Key> read(ResultSet rows) throws SQLException {
        List<Key> keys = new ArrayList<>();
        while (rows.next()) {
            keys.add(new Key(rows.getLong(3), new Address(rows.getString(1), rows.getLong(2))));
        }
        return keys;
    }
}
