package io.meshtrail.query.embedded;

import io.meshtrail.index.RowSource;

/// A range of time.
///
/// @param from nanoseconds since 1970, inclusive; Long.MIN_VALUE for no limit
/// @param to exclusive; Long.MAX_VALUE for no limit
record TimeRange(long from, long to) {
    boolean isEmpty() {
        return from >= to;
    }

    /// Whether the source can have rows in the range.
    boolean meets(RowSource source) {
        return source.lastTime() >= from && (to == Long.MAX_VALUE || source.firstTime() < to);
    }

    /// Whether all rows of the source are in the range.
    boolean covers(RowSource source) {
        boolean begins = from == Long.MIN_VALUE || source.firstTime() >= from;
        return begins && (to == Long.MAX_VALUE || source.lastTime() < to);
    }

    /// This range and some more on both sides.
    TimeRange wider(long nanos) {
        return new TimeRange(
                from < Long.MIN_VALUE + nanos ? Long.MIN_VALUE : from - nanos,
                to > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : to + nanos);
    }

    Sql condition() {
        Sql sql = new Sql().add("(TRUE");
        if (from != Long.MIN_VALUE) {
            sql.add(" AND " + Column.WHEN + " >= ").bind(from);
        }
        if (to != Long.MAX_VALUE) {
            sql.add(" AND " + Column.WHEN + " < ").bind(to);
        }
        return sql.add(")");
    }
}
