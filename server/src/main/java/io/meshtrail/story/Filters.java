package io.meshtrail.story;

import io.meshtrail.event.Field;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.List;

/// The tests of which the questions of this package are made.
final class Filters {
    private static final String CONTROL = "control";

    private Filters() {}

    static Filter is(Field field, String value) {
        return new Filter.Text(new Target.OfField(field), Wildcard.exactly(value));
    }

    static Filter isOneOf(Field field, List<String> values) {
        return new Filter.Or(values.stream().map(value -> is(field, value)).toList());
    }

    static Filter isAbsent(Field field) {
        return new Filter.Not(new Filter.Present(new Target.OfField(field)));
    }

    static Filter isOrAbsent(Field field, String value) {
        return new Filter.Or(List.of(is(field, value), isAbsent(field)));
    }

    /// The same value, or absent where the value is empty.
    static Filter same(Field field, String value) {
        return value.isEmpty() ? isAbsent(field) : is(field, value);
    }

    static Filter inLedger(String ledger) {
        return new Filter.Text(new Target.Ledger(), Wildcard.exactly(ledger));
    }

    static Filter inControl() {
        return inLedger(CONTROL);
    }
}
