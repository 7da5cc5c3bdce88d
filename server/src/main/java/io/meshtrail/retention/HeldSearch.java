package io.meshtrail.retention;

import io.meshtrail.ledger.Hold;
import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Search;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Finds out whether stored events are under a hold, for whoever is about to erase what they name.
public final class HeldSearch {
    private final HoldDesk desk;
    private final QueryEngine stored;

    /// @param stored answers from what is stored
    public HeldSearch(HoldDesk desk, QueryEngine stored) {
        this.desk = desk;
        this.stored = stored;
    }

    /// Which hold keeps one of these events, in words; empty if none does.
    ///
    /// @throws IOException if not all events can be looked at, so that nobody knows
    public Optional<String> on(Filter events) throws IOException {
        for (HoldMatcher each : desk.matchers()) {
            Hold hold = each.hold();
            Filter both = new Filter.And(List.of(events, each.filter(), place(hold)));
            try {
                if (!stored.events(new Search(both, Long.MIN_VALUE, Long.MAX_VALUE), 1, Optional.empty())
                        .hits()
                        .isEmpty()) {
                    return Optional.of("hold " + hold.id() + " of case " + hold.caseName());
                }
            } catch (QueryException impossible) {
                throw new IOException("hold " + hold.id() + ": " + impossible.getMessage(), impossible);
            }
        }
        return Optional.empty();
    }

    private static Filter place(Hold hold) throws IOException {
        if (hold.ledger().isEmpty()) {
            return new Filter.Everything();
        }
        String to = hold.to() < Long.MAX_VALUE ? " leafIndex<" + hold.to() : "";
        try {
            return QueryParser.parse(
                    "ledger:\"" + hold.ledger().get() + "\" leafIndex>=" + hold.from() + to, hold.at());
        } catch (QueryException impossible) {
            throw new IOException("hold " + hold.id() + ": " + impossible.getMessage(), impossible);
        }
    }
}
