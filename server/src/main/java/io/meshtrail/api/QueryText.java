package io.meshtrail.api;

import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryException;

/// The query language, as this listener needs it.
@FunctionalInterface
public interface QueryText {
    /// @param text as a person types it; empty or `*` matches everything
    /// @param now nanoseconds since 1970, for relative times
    /// @throws QueryException if it does not parse
    Filter parse(String text, long now) throws QueryException;
}
