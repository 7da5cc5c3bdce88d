package io.meshtrail.retention;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import java.time.Duration;

/// Events that are kept longer than their ledger's term.
public final class RetentionClass {
    private final String name;
    private final String query;
    private final FilterMatcher matcher;
    private final Duration term;

    private RetentionClass(String name, String query, FilterMatcher matcher, Duration term) {
        this.name = name;
        this.query = query;
        this.matcher = matcher;
        this.term = term;
    }

    /// @param query what its events are like; `now` in it means the year 1970, so it should not be used
    /// @param term counted from `received`
    /// @throws QueryException if the query does not parse
    public static RetentionClass of(String name, String query, Duration term) throws QueryException {
        return new RetentionClass(name, query, new FilterMatcher(QueryParser.parse(query, 0)), term);
    }

    public String name() {
        return name;
    }

    public String query() {
        return query;
    }

    public Duration term() {
        return term;
    }

    boolean has(Address address, AuditEvent event) {
        return matcher.matches(address, event);
    }
}
