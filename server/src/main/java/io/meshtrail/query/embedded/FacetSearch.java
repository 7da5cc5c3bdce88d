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
            List<Facets.Value> values =
                    reading.withReadable(reading.sources(), sources -> count(sources, target, limit));
            return new Facets(values, reading.coverage());
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

    private List<Facets.Value> count(List<RowSource> sources, Target target, int limit) {
        TimeRange range = new TimeRange(search.from(), search.to());
        Optional<Sql> counting =
                new Counting(reading, sources, search.filter(), range, List.of(Dimension.value(target))).sql();
        if (counting.isEmpty()) {
            return List.of();
        }
        Sql sql = new Sql()
                .add("SELECT k0, n FROM (")
                .add(counting.get())
                .add(") WHERE k0 IS NOT NULL ORDER BY n DESC, k0 LIMIT ")
                .bind(limit);
        return reading.query(sql, rows -> read(rows, target));
    }

    private static List<Facets.Value> read(ResultSet rows, Target target) throws SQLException {
        List<Facets.Value> values = new ArrayList<>();
        while (rows.next()) {
            String value = rows.getString(1);
            String shown = target instanceof Target.OfField(Field field) ? shown(field, value) : value;
            values.add(new Facets.Value(shown, rows.getLong(2)));
        }
        return values;
    }
}
