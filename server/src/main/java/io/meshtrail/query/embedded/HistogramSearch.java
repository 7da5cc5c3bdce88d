package io.meshtrail.query.embedded;

import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.event.Field;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.Search;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts over time. Equal intervals, the last one cut at the end of the range; where the question has no
/// beginning or end, the first or last match is it.
final class HistogramSearch {
    /// How many values are counted apart.
    static final int VALUES = 8;

    /// The word for all other values.
    static final String OTHER = "other";

    private final Reading reading;
    private final Search search;

    HistogramSearch(Reading reading, Search search) {
        this.reading = reading;
        this.search = search;
    }

    Histogram count(int buckets, Field by) {
        try {
            Optional<TimeRange> range = range();
            if (range.isEmpty()) {
                return new Histogram(List.of(), reading.coverage());
            }
            List<Histogram.Bucket> counted =
                    reading.withReadable(reading.sources(), sources -> count(sources, range.get(), buckets, by));
            return new Histogram(counted, reading.coverage());
        } catch (EngineTimeoutException late) {
            reading.missByTime("no counts");
            return new Histogram(List.of(), reading.coverage());
        }
    }

    /// The range of the answer; empty if there is none.
    private Optional<TimeRange> range() {
        TimeRange asked = new TimeRange(search.from(), search.to());
        boolean open = asked.from() == Long.MIN_VALUE || asked.to() == Long.MAX_VALUE;
        boolean wide = asked.to() - asked.from() < 0 && !asked.isEmpty();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (!open && !wide) {
            return Optional.of(asked);
        }
        return reading.withReadable(reading.sources(), sources -> ends(sources, asked))
                .map(ends -> new TimeRange(
                        wide || asked.from() == Long.MIN_VALUE ? ends.from() : asked.from(),
                        wide || asked.to() == Long.MAX_VALUE ? ends.to() : asked.to()));
    }

    private Optional<TimeRange> ends(List<RowSource> sources, TimeRange asked) {
        List<Sql> scans = reading.scans(sources, search.filter(), asked).stream()
                .map(scan -> scan.select(
                        new Sql().add(Column.WHEN + " AS w"),
                        Set.of(Column.TIME, Column.RECEIVED),
                        asked,
                        new Sql().add("TRUE")))
                .toList();
        if (scans.isEmpty()) {
            return Optional.empty();
        }
        Sql sql = new Sql()
                .add("SELECT min(w), max(w), count(*) FROM (")
                .join(scans, " UNION ALL ")
                .add(")");
        return reading.query(
                sql,
                rows -> rows.next() && rows.getLong(3) > 0
                        ? Optional.of(new TimeRange(rows.getLong(1), rows.getLong(2) + 1))
                        : Optional.empty());
    }

    private List<Histogram.Bucket> count(List<RowSource> sources, TimeRange range, int buckets, Field by) {
        long width = Math.ceilDiv(range.to() - range.from(), buckets);
        List<SortedMap<String, Long>> counts = new ArrayList<>();
        for (long from = range.from(); from < range.to(); from += width) {
            counts.add(new TreeMap<>());
        }
        List<Dimension> dimensions = List.of(Dimension.interval(range.from(), width), Dimension.valueOrUnknown(by));
        Optional<Sql> counting = new Counting(reading, sources, search.filter(), range, dimensions).sql();
        if (counting.isPresent()) {
            reading.query(topped(counting.get()), rows -> read(rows, by, counts));
        }
        return buckets(range, width, counts);
    }

    /// The counts with all but the most frequent values under one name.
    private static Sql topped(Sql counting) {
        return new Sql()
                .add("WITH counted AS MATERIALIZED (")
                .add(counting)
                .add("), tops AS (SELECT k1 FROM counted GROUP BY k1 ORDER BY sum(n) DESC, k1 LIMIT " + VALUES + ")"
                        + " SELECT k0, CASE WHEN k1 IN (SELECT k1 FROM tops) THEN k1 END AS k, CAST(sum(n) AS BIGINT)"
                        + " FROM counted GROUP BY 1, 2");
    }

    private static int read(ResultSet rows, Field by, List<SortedMap<String, Long>> counts) throws SQLException {
        int read = 0;
        while (rows.next()) {
            String value = rows.getString(2);
            String name = value == null ? OTHER : FacetSearch.shown(by, value);
            counts.get((int) rows.getLong(1)).merge(name, rows.getLong(3), Long::sum);
            read++;
        }
        return read;
    }

    private static List<Histogram.Bucket> buckets(TimeRange range, long width, List<SortedMap<String, Long>> counts) {
        List<Histogram.Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            long from = range.from() + i * width;
            long to = range.to() - from <= width ? range.to() : from + width;
            buckets.add(new Histogram.Bucket(from, to, counts.get(i)));
        }
        return buckets;
    }
}
