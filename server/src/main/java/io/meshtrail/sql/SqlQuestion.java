package io.meshtrail.sql;

/// What somebody wants to know.
///
/// @param sql one SELECT over `events`
/// @param from the view begins here, nanoseconds since 1970; Long.MIN_VALUE for no limit
/// @param to and ends before here; Long.MAX_VALUE for no limit
/// @param limit the most rows of the answer, 1 to [#MAX_ROWS]
public record SqlQuestion(String sql, long from, long to, int limit) {
    /// The most rows that can be asked for.
    public static final int MAX_ROWS = 1_000_000;

    public SqlQuestion {
        if (limit < 1 || limit > MAX_ROWS) {
            throw new IllegalArgumentException("limit " + limit + ", from 1 to " + MAX_ROWS);
        }
    }
}
