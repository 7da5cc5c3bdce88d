package io.meshtrail.query.embedded;

import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The most frequent values of a target. Events without it are not counted.
final class FacetSearch {
    private final Reading reading;
    private final Search search;

    FacetSearch(Reading reading, Search search) {
        this.reading = reading;
        this.search = search;
    }

    Facets count(Target target, int limit) {
        try {
            Counted counted = reading.withReadable(reading.sources(), sources -> count(sources, target, limit));
            return new Facets(
                    counted.values(), counted.other(), counted.distinct(), counted.absent(), reading.coverage());
        } catch (EngineTimeoutException late) {
            reading.missByTime("no counts");
            return new Facets(List.of(), reading.coverage());
        }
    }

    /// A value as answers show it.
    static String shown(Field field, String value) {
        return field.type() == Field.Type.TIME && value.matches("-?[0-9]+")
                ? Timestamp.print(Long.parseLong(value))
                : value;
    }

    private record Counted(List<Facets.Value> values, long other, long distinct, long absent) {}

    private Counted count(List<RowSource> sources, Target target, int limit) {
        TimeRange range = new TimeRange(search.from(), search.to());
        Optional<Sql> counting =
                new Counting(reading, sources, search.filter(), range, List.of(Dimension.value(target))).sql();
        if (counting.isEmpty()) {
            return new Counted(List.of(), 0, 0, 0);
        }
        Sql sql = new Sql()
                .add("WITH counted AS MATERIALIZED (")
                .add(counting.get())
                .add("), total AS (SELECT CAST(sum(n) FILTER (k0 IS NOT NULL) AS BIGINT) AS present, count(k0) AS"
                        + " different, CAST(sum(n) FILTER (k0 IS NULL) AS BIGINT) AS absent FROM counted), top AS (SELECT"
                        + " k0, n FROM counted WHERE k0 IS NOT NULL ORDER BY n DESC, k0 LIMIT ")
                .bind(limit)
                .add(") SELECT k0, n, present, different, absent FROM total LEFT JOIN top ON TRUE ORDER BY n DESC, k0");
        return reading.query(sql, rows -> read(rows, target));
    }

    private static Counted read(ResultSet rows, Target target) throws SQLException {
        List<Facets.Value> values = new ArrayList<>();
        long other = 0;
        long distinct = 0;
        long absent = 0;
        while (rows.next()) {
            other = values.isEmpty() ? rows.getLong(3) : other;
            distinct = rows.getLong(4);
            absent = rows.getLong(5);
            String value = rows.getString(1);
            if (value == null) {
                break;
            }
            other -= rows.getLong(2);
            String shown = target instanceof Target.OfField(Field field) ? shown(field, value) : value;
            values.add(new Facets.Value(shown, rows.getLong(2)));
        }
        return new Counted(values, other, distinct, absent);
    }
}
