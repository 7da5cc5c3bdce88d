package io.meshtrail.query.embedded;

import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Casing;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Values for whoever is typing, from the newest rows alone: a bounded number of them, whatever there is.
final class RecentValues {
    /// How many rows are looked at.
    private static final long ROWS = 100_000;

    private final Reading reading;
    private final Search search;
    private final TimeRange range;

    RecentValues(Reading reading, Search search) {
        this.reading = reading;
        this.search = search;
        this.range = new TimeRange(search.from(), search.to());
    }

    Facets of(Target target, String part, int limit) {
        List<Facets.Value> values;
        try {
            values = reading.withReadable(newest(), sources -> ask(sources, target, part, limit));
        } catch (EngineTimeoutException late) {
            reading.missByTime("no values");
            values = List.of();
        }
        return new Facets(values, reading.coverage());
    }

    private List<RowSource> newest() {
        List<RowSource> sorted = reading.sources().stream()
                .filter(range::meets)
                .sorted(Comparator.comparingLong(RowSource::lastTime)
                        .reversed()
                        .thenComparing(RowSource::ledger)
                        .thenComparing(Comparator.comparingLong(RowSource::to).reversed()))
                .toList();
        List<RowSource> newest = new ArrayList<>();
        long rows = 0;
        for (RowSource source : sorted) {
            if (rows < ROWS) {
                newest.add(source);
                rows += source.to() - source.from();
            }
        }
        return newest;
    }

    private List<Facets.Value> ask(List<RowSource> sources, Target target, String part, int limit) {
        Dimension dimension = Dimension.value(target);
        Set<String> columns = new HashSet<>(dimension.columns());
        List<Sql> scans = new ArrayList<>();
        // One by one: each has its own last rows.
        for (RowSource source : sources) {
            for (Scan scan : Scan.of(List.of(source), search.filter(), range)) {
                Sql last = new Sql().add(Column.LEAF_INDEX + " >= ").bind(Math.max(source.from(), source.to() - ROWS));
                Sql value = dimension.expression().apply(scan.ledger()).add(" AS k");
                scans.add(scan.select(value, columns, range, last));
            }
        }
        if (scans.isEmpty()) {
            return List.of();
        }
        String wanted = Casing.lower(part);
        Sql sql = new Sql()
                .add("SELECT k, count(*) AS n FROM (")
                .join(scans, " UNION ALL ")
                .add(") WHERE k IS NOT NULL AND contains(lower(k), ")
                .bind(wanted)
                .add(") GROUP BY k ORDER BY starts_with(lower(k), ")
                .bind(wanted)
                .add(") DESC, n DESC, k LIMIT ")
                .bind(limit);
        return reading.query(sql, rows -> {
            List<Facets.Value> values = new ArrayList<>();
            while (rows.next()) {
                String value = rows.getString(1);
                String shown = target instanceof Target.OfField(io.meshtrail.event.Field field)
                        ? FacetSearch.shown(field, value)
                        : value;
                values.add(new Facets.Value(shown, rows.getLong(2)));
            }
            return values;
        });
    }
}
