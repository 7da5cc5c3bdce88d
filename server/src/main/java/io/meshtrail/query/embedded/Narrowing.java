package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is left of a filter when the rows are those of one source: tests of the ledger's name, the
/// leafIndex and the time are often decided by the source alone, and then sources need not be read.
final class Narrowing {
    static final Filter NOTHING = new Filter.Not(new Filter.Everything());

    private Narrowing() {}

    static Filter to(RowSource source, Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> filters) -> and(source, filters);
            case Filter.Or(List<Filter> filters) -> or(source, filters);
            case Filter.Not(Filter inner) -> not(to(source, inner));
            case Filter.Present(Target target) ->
                target instanceof Target.OfField || target instanceof Target.Attribute
                        ? filter
                        : new Filter.Everything();
            case Filter.Text(Target target, Wildcard pattern) ->
                target instanceof Target.Ledger ? decided(pattern.matches(source.ledger())) : filter;
            case Filter.TextRange range ->
                range.target() instanceof Target.Ledger ? decided(holds(range, source.ledger())) : filter;
            case Filter.Numbers numbers -> numbers(source, numbers);
            case Filter.Everything everything -> everything;
            case Filter.Word word -> word;
            case Filter.Addresses addresses -> addresses;
        };
    }

    private static Filter decided(boolean holds) {
        return holds ? new Filter.Everything() : NOTHING;
    }

    private static Filter not(Filter inner) {
        return inner instanceof Filter.Not(Filter twice) ? twice : new Filter.Not(inner);
    }

    private static Filter and(RowSource source, List<Filter> filters) {
        List<Filter> rest = new ArrayList<>();
        for (Filter each : filters) {
            Filter narrow = to(source, each);
            if (narrow.equals(NOTHING)) {
                return NOTHING;
            }
            if (!(narrow instanceof Filter.Everything)) {
                rest.add(narrow);
            }
        }
        return rest.isEmpty() ? new Filter.Everything() : rest.size() == 1 ? rest.getFirst() : new Filter.And(rest);
    }

    private static Filter or(RowSource source, List<Filter> filters) {
        List<Filter> rest = new ArrayList<>();
        for (Filter each : filters) {
            Filter narrow = to(source, each);
            if (narrow instanceof Filter.Everything) {
                return narrow;
            }
            if (!narrow.equals(NOTHING)) {
                rest.add(narrow);
            }
        }
        return rest.isEmpty() ? NOTHING : rest.size() == 1 ? rest.getFirst() : new Filter.Or(rest);
    }

    private static Filter numbers(RowSource source, Filter.Numbers numbers) {
        return switch (numbers.target()) {
            case Target.LeafIndex() -> {
                if (numbers.last() < source.from() || numbers.first() >= source.to()) {
                    yield NOTHING;
                }
                yield numbers.first() <= source.from() && numbers.last() >= source.to() - 1
                        ? new Filter.Everything()
                        : numbers;
            }
            case Target.OfField(Field field) ->
                field == Field.TIME && (numbers.last() < source.firstTime() || numbers.first() > source.lastTime())
                        ? NOTHING
                        : numbers;
            case Target.Attribute attribute -> numbers;
            case Target.Ledger ledger -> numbers;
        };
    }

    private static boolean holds(Filter.TextRange range, String text) {
        // The names of ledgers are ASCII, so any order of characters is the order of code points.
        return isOnSide(range.from(), text, 1) && isOnSide(range.to(), text, -1);
    }

    private static boolean isOnSide(Optional<Filter.Bound> bound, String text, int sign) {
        return bound.map(end -> {
                    int order = sign * io.meshtrail.query.TextOrder.compare(text, end.text());
                    return end.included() ? order >= 0 : order > 0;
                })
                .orElse(true);
    }
}
