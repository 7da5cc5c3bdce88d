package io.meshtrail.query.embedded;

import io.meshtrail.index.RowSource;
import io.meshtrail.query.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Sources of one ledger for which the same is left of a filter: one condition serves all of them.
///
/// @param filter without tests of the ledger's name
record Scan(String ledger, Filter filter, List<RowSource> sources) {
    /// The scans that a filter needs. Sources in which nothing can match are left out.
    static List<Scan> of(List<RowSource> sources, Filter filter, TimeRange range) {
        record Sort(String ledger, Filter filter) {}

        Map<Sort, List<RowSource>> sorts = new LinkedHashMap<>();
        for (RowSource source : sources) {
            Filter narrow = Narrowing.to(source, filter);
            if (range.meets(source) && !narrow.equals(Narrowing.NOTHING)) {
                sorts.computeIfAbsent(new Sort(source.ledger(), narrow), sort -> new ArrayList<>())
                        .add(source);
            }
        }
        return sorts.entrySet().stream()
                .map(entry -> new Scan(entry.getKey().ledger(), entry.getKey().filter(), entry.getValue()))
                .toList();
    }

    /// SELECT of the rows in a range that match.
    ///
    /// @param projection what stands after SELECT
    /// @param columns the columns that the projection and `more` read
    /// @param more a further condition
    Sql select(Sql projection, Set<String> columns, TimeRange range, Sql more) {
        Lowering lowering = new Lowering();
        Sql condition = lowering.condition(filter);
        Set<String> read = new TreeSet<>(columns);
        read.addAll(lowering.columns());
        boolean within = sources.stream().allMatch(range::covers);
        if (!within) {
            read.addAll(List.of(Column.TIME, Column.RECEIVED));
        }
        read.add(Column.LEAF_INDEX);
        String names = String.join(", ", read);
        String rows = sources.stream()
                .map(source -> "SELECT " + names + " FROM " + source.relation())
                .collect(Collectors.joining(" UNION ALL "));
        return new Sql()
                .add("SELECT ")
                .add(projection)
                .add(" FROM (" + rows + ") WHERE ")
                .add(condition)
                .add(within ? new Sql() : new Sql().add(" AND ").add(range.condition()))
                .add(" AND ")
                .add(more);
    }
}
