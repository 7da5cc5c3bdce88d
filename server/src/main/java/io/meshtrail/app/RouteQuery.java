package io.meshtrail.app;

import io.meshtrail.event.Address;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.Router;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A route of the configuration: its `when` is a query, compiled once. What an event has only after it
/// got its place (`ledger`, `leafIndex`, `received`) and what changes with the clock (`now`) cannot
/// decide where it goes.
final class RouteQuery {
    private static final Set<String> PLACED = Set.of("ledger", "leafIndex", Field.RECEIVED.key());

    /// No query of a route looks at the address, so any will do.
    private static final Address NOWHERE = new Address("none", 0);

    private RouteQuery() {}

    /// @param key the key of the configuration, for errors
    /// @param when the query, line breaks count as blanks
    static Router.Route compile(String key, String when, String to) {
        String words = when.strip().replaceAll("[\\r\\n\\t]+", " ");
        if (words.isEmpty()) {
            throw new ConfigException(key, "", "a query, * for all events");
        }
        try {
            Filter filter = QueryParser.parse(words, 0);
            Optional<String> placed =
                    targets(filter).map(Target::key).filter(PLACED::contains).findFirst();
            if (placed.isPresent()) {
                throw new ConfigException("configuration key '" + key + "' asks for " + placed.orElseThrow()
                        + ", which an event has only after it has its place; a route cannot look at it");
            }
            if (!filter.equals(QueryParser.parse(words, 1))) {
                throw new ConfigException(
                        "configuration key '" + key + "' speaks of now; a route must mean the same at all times");
            }
            FilterMatcher matcher = new FilterMatcher(filter);
            return new Router.Route(words, event -> matcher.matches(NOWHERE, event), to);
        } catch (QueryException wrong) {
            throw new ConfigException("configuration key '" + key + "' is no query: " + wrong.getMessage()
                    + " (at character " + wrong.position() + " of: " + words + ")");
        }
    }

    private static Stream<Target> targets(Filter filter) {
        return switch (filter) {
            case Filter.Everything() -> Stream.empty();
            case Filter.And(List<Filter> filters) -> filters.stream().flatMap(RouteQuery::targets);
            case Filter.Or(List<Filter> filters) -> filters.stream().flatMap(RouteQuery::targets);
            case Filter.Not(Filter inner) -> targets(inner);
            case Filter.Word word -> Stream.empty();
            case Filter.Present present -> Stream.of(present.target());
            case Filter.Text text -> Stream.of(text.target());
            case Filter.TextRange range -> Stream.of(range.target());
            case Filter.Numbers numbers -> Stream.of(numbers.target());
            case Filter.Addresses addresses -> Stream.of(addresses.target());
        };
    }
}
