package io.meshtrail.retention;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.ledger.Hold;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import java.util.Optional;
import java.util.function.Function;

/// A hold that can look at events. One whose query no longer parses holds everything in its range: keeping too much
/// can be mended.
///
/// @param filter what it asks of events as they are stored
record HoldMatcher(Hold hold, Filter filter, FilterMatcher matcher) {
    /// @param translation from what people ask to what is stored; empty if that cannot be said in full
    static HoldMatcher of(Hold hold, Function<Filter, Optional<Filter>> translation) {
        Filter filter;
        try {
            filter = translation
                    .apply(QueryParser.parse(hold.query(), hold.at()))
                    .orElse(new Filter.Everything());
        } catch (QueryException unknown) {
            filter = new Filter.Everything();
        }
        return new HoldMatcher(hold, filter, new FilterMatcher(filter));
    }

    boolean holds(Address address, AuditEvent event) {
        return hold.meets(address.ledger(), address.leafIndex(), address.leafIndex() + 1)
                && matcher.matches(address, event);
    }
}
