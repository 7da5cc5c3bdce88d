package io.meshtrail.retention;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.ledger.Hold;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;

/// A hold that can look at events. One whose query no longer parses holds everything in its range: keeping too much
/// can be mended.
record HoldMatcher(Hold hold, FilterMatcher matcher) {
    static HoldMatcher of(Hold hold) {
        Filter filter;
        try {
            filter = QueryParser.parse(hold.query(), hold.at());
        } catch (QueryException unknown) {
            filter = new Filter.Everything();
        }
        return new HoldMatcher(hold, new FilterMatcher(filter));
    }

    boolean holds(Address address, AuditEvent event) {
        return hold.meets(address.ledger(), address.leafIndex(), address.leafIndex() + 1)
                && matcher.matches(address, event);
    }
}
