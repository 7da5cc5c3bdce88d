package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Reports;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Counts matching events by dimensions, a call seen from both sides once. It counts all reports and takes
/// off those that a better one replaces: then only reports of callers, not all rows, must be looked up.
final class Counting {
    /// Reports of so many calls are looked for by their ids, of more by reading all rows.
    private static final int MOST_REQUESTS = 256;

    private final Reading reading;
    private final List<RowSource> sources;
    private final Filter filter;
    private final TimeRange range;
    private final List<Dimension> dimensions;

    Counting(Reading reading, List<RowSource> sources, Filter filter, TimeRange range, List<Dimension> dimensions) {
        this.reading = reading;
        this.sources = sources;
        this.filter = filter;
        this.range = range;
        this.dimensions = List.copyOf(dimensions);
    }

    /// SELECT of the dimensions `k0`, `k1`, … and of their count `n`, which is never 0; empty if nothing
    /// can match.
    Optional<Sql> sql() {
        List<Scan> scans = reading.scans(sources, filter, range);
        if (scans.isEmpty()) {
            return Optional.empty();
        }
        List<Sql> all = scans.stream()
                .map(scan -> scan.select(projection(scan), columns(Set.of()), range, new Sql().add("TRUE")))
                .toList();
        Sql counted = new Sql()
                .add("SELECT " + names() + ", count(*) AS n FROM (")
                .join(all, " UNION ALL ")
                .add(") GROUP BY ALL");
        if (!BothSides.isAskedFor(filter)) {
            List<String> requests = replaceable(scans);
            if (!requests.isEmpty()) {
                replaced(scans, ofRequests(requests))
                        .ifPresent(sql -> counted.add(" UNION ALL ").add(sql));
            }
        }
        return Optional.of(new Sql()
                .add("SELECT " + names() + ", CAST(sum(n) AS BIGINT) AS n FROM (")
                .add(counted)
                .add(") GROUP BY " + names() + " HAVING sum(n) > 0"));
    }

    /// The request ids of some reports that another can replace; of all, if there are fewer than [#MOST_REQUESTS].
    private List<String> replaceable(List<Scan> scans) {
        List<Sql> reports = scans.stream()
                .map(scan -> scan.select(
                        new Sql().add(BothSides.REQUEST + " AS request"),
                        BothSides.COLUMNS,
                        range,
                        new Sql().add(BothSides.REPLACEABLE)))
                .toList();
        Sql first = new Sql()
                .add("SELECT request FROM (")
                .join(reports, " UNION ALL ")
                .add(") LIMIT " + MOST_REQUESTS);
        return reading.query(first, rows -> {
            List<String> requests = new ArrayList<>();
            while (rows.next()) {
                requests.add(rows.getString(1));
            }
            return requests;
        });
    }

    /// A filter that lets all reports of these calls through; of many calls, any report.
    private static Filter ofRequests(List<String> requests) {
        Target target = new Target.OfField(Field.REQUEST_ID);
        return requests.size() == MOST_REQUESTS
                ? new Filter.Everything()
                : new Filter.Or(requests.stream()
                        .distinct()
                        .map(request -> (Filter) new Filter.Text(target, Wildcard.exactly(request)))
                        .toList());
    }

    /// @param other what a better report must be like
    private Optional<Sql> replaced(List<Scan> scans, Filter other) {
        List<Sql> reports = scans.stream()
                .map(scan -> scan.select(
                        new Sql()
                                .bind(scan.ledger())
                                .add(" AS l, " + Column.LEAF_INDEX + " AS i, " + BothSides.REPORT + ", ")
                                .add(projection(scan)),
                        columns(BothSides.COLUMNS),
                        range,
                        new Sql().add(BothSides.REPLACEABLE)))
                .toList();
        TimeRange around = range.wider(Reports.APART);
        List<Sql> others = reading.scans(sources, other, around).stream()
                .map(scan -> scan.select(
                        new Sql().add(BothSides.REPORT), BothSides.COLUMNS, around, new Sql().add(BothSides.REPLACING)))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Sql()
                .add("SELECT " + names() + ", -count(*) AS n FROM (SELECT DISTINCT l, i, " + names() + " FROM (")
                .join(reports, " UNION ALL ")
                .add(") a JOIN (")
                .join(others, " UNION ALL ")
                .add(") b ON " + BothSides.REPLACES + ") GROUP BY ALL"));
    }

    private Sql projection(Scan scan) {
        List<Sql> values = new ArrayList<>();
        for (int i = 0; i < dimensions.size(); i++) {
            values.add(dimensions.get(i).expression().apply(scan.ledger()).add(" AS k" + i));
        }
        return new Sql().join(values, ", ");
    }

    private Set<String> columns(Set<String> more) {
        Set<String> columns = new HashSet<>(more);
        dimensions.forEach(dimension -> columns.addAll(dimension.columns()));
        return columns;
    }

    private String names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < dimensions.size(); i++) {
            names.add("k" + i);
        }
        return String.join(", ", names);
    }
}
