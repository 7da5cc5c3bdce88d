package io.meshtrail.sql;

import io.meshtrail.event.Field;
import io.meshtrail.index.RowSource;
import io.meshtrail.segment.Columns;
import io.meshtrail.segment.SegmentSql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The view `events` over the files of one snapshot.
///
/// @param files the Parquet files that it reads
/// @param rows its SQL
public record EventsView(List<Path> files, String rows) {
    /// What a FROM calls it.
    public static final String NAME = "events";

    private static final String WHEN =
            "coalesce(\"" + Field.TIME.column() + "_ns\", \"" + Field.RECEIVED.column() + "_ns\")";

    /// Rows of one ledger in one file.
    ///
    /// @param from the first leafIndex that counts; the file may have others
    /// @param to one more than the last
    /// @param whole whether the file has no others
    public record Part(String ledger, Path file, long from, long to, boolean whole) {
        /// A segment as a snapshot names it; empty if the rows are elsewhere.
        public static Optional<Part> of(RowSource source) {
            return SegmentSql.file(source.relation())
                    .map(file -> new Part(source.ledger(), file, source.from(), source.to(), true));
        }
    }

    /// @param from nanoseconds since 1970, inclusive; Long.MIN_VALUE for no limit
    /// @param to exclusive; Long.MAX_VALUE for no limit
    public static EventsView of(List<Part> parts, long from, long to) {
        Map<String, List<Path>> whole = new TreeMap<>();
        List<String> selects = new ArrayList<>();
        for (Part part : parts) {
            if (part.whole()) {
                whole.computeIfAbsent(part.ledger(), ledger -> new ArrayList<>())
                        .add(part.file());
            } else {
                selects.add(select(part.ledger(), List.of(part.file())) + " WHERE \"leafIndex\" >= " + part.from()
                        + " AND \"leafIndex\" < " + part.to());
            }
        }
        whole.forEach((ledger, files) -> selects.add(select(ledger, files)));
        String rows = selects.isEmpty() ? nothing() : String.join(" UNION ALL ", selects);
        return new EventsView(parts.stream().map(Part::file).distinct().toList(), within(rows, from, to));
    }

    private static String select(String ledger, List<Path> files) {
        String names = files.stream().map(file -> text(file.toString())).collect(Collectors.joining(", "));
        return "SELECT " + text(ledger) + " AS ledger, " + Columns.names() + " FROM read_parquet([" + names + "])";
    }

    private static String nothing() {
        return Columns.all().stream()
                .map(column -> "CAST(NULL AS " + column.role().sqlType() + ") AS \"" + column.name() + "\"")
                .collect(Collectors.joining(", ", "SELECT CAST(NULL AS VARCHAR) AS ledger, ", " WHERE FALSE"));
    }

    private static String within(String rows, long from, long to) {
        List<String> conditions = new ArrayList<>();
        if (from != Long.MIN_VALUE) {
            conditions.add(WHEN + " >= " + from);
        }
        if (to != Long.MAX_VALUE) {
            conditions.add(WHEN + " < " + to);
        }
        return conditions.isEmpty() ? rows : "SELECT * FROM (" + rows + ") WHERE " + String.join(" AND ", conditions);
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
