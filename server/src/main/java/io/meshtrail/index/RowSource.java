package io.meshtrail.index;

/// Rows of one ledger, as a relation of the engine. It has the columns of `docs/formats/segment.md`:
/// `leafIndex`,
/// one
/// for
/// each field ([io.meshtrail.event.Field#column()]; TIME as BIGINT nanoseconds; TEXTS and `attributes` as
/// canonical
/// JSON
/// text), and nothing else that matters.
///
/// @param ledger the ledger's name
/// @param from the first leafIndex
/// @param to one more than the last
/// @param relation SQL that can stand after FROM, exactly the rows from..to
/// @param firstTime the smallest event time in nanoseconds since 1970, or Long.MIN_VALUE if not known
/// @param lastTime the largest, or Long.MAX_VALUE if not known
public record RowSource(String ledger, long from, long to, String relation, long firstTime, long lastTime) {}
