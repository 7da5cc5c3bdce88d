package io.meshtrail.index;

import io.meshtrail.segment.RowRange;
import java.util.List;
import java.util.stream.Collectors;

/// Rows of one ledger, as a relation of the engine. Hot rows and sealed rows have the same columns, those of
/// `docs/formats/segment.md`, and no others:
///
/// - `leafIndex` BIGINT;
/// - one for each field in key order, named by [io.meshtrail.event.Field#column()]: TEXT and JSON as VARCHAR,
///   INTEGER as BIGINT, TEXTS as VARCHAR that holds a canonical JSON array of strings (`["a","b"]`);
/// - for the two TIME fields two columns each: `time_ns` and `received_ns` BIGINT, nanoseconds since 1970
///   UTC, the truth, for filters, order and answers; and `time` and `received` TIMESTAMP WITH TIME ZONE, the
///   same cut to microseconds, for people's own SQL;
/// - `attributes` VARCHAR: a canonical JSON object of strings by name without the prefix
///   (`{"a":"1","b":"2"}`), in the place of its name, which is the first column after `action`.
///
/// What an event does not know is NULL; an empty text is another thing and stays one. `received_ns` is never
/// NULL, `time_ns` may be.
/// [io.meshtrail.segment.RowCodec] makes an event of a row that was selected with all columns.
///
/// @param ledger the ledger's name
/// @param from the first leafIndex
/// @param to one more than the last
/// @param relation SQL that can stand after FROM, exactly the rows from..to
/// @param firstTime the smallest event time in nanoseconds since 1970, or Long.MIN_VALUE if not known
/// @param lastTime the largest, or Long.MAX_VALUE if not known
public record RowSource(String ledger, long from, long to, String relation, long firstTime, long lastTime) {
    /// More pieces are read as one.
    private static final int MOST_PIECES = 16;

    /// This source with some of its rows alone; it still speaks of the whole range.
    ///
    /// @param rows in their order, at least one
    RowSource only(List<RowRange> rows) {
        // The hull is what row groups are passed over by.
        String hull = within(new RowRange(rows.getFirst().from(), rows.getLast().to()));
        String pieces = rows.size() == 1 || rows.size() > MOST_PIECES
                ? ""
                : rows.stream().map(RowSource::within).collect(Collectors.joining(" OR ", " AND (", ")"));
        return new RowSource(
                ledger, from, to, "(SELECT * FROM " + relation + " WHERE " + hull + pieces + ")", firstTime, lastTime);
    }

    private static String within(RowRange rows) {
        return "(\"leafIndex\" >= " + rows.from() + " AND \"leafIndex\" < " + rows.to() + ")";
    }
}
