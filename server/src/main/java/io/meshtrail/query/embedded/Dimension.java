package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.query.Target;
import java.util.Set;
import java.util.function.Function;

/// What rows are counted by: an SQL expression over the rows of a ledger.
///
/// @param expression by the ledger's name
/// @param columns what it reads
record Dimension(Function<String, Sql> expression, Set<String> columns) {
    /// The word for an absent value.
    static final String UNKNOWN = "unknown";

    /// An expression that is the same for every ledger.
    static Dimension of(String expression, Set<String> columns) {
        return new Dimension(ledger -> new Sql().add(expression), columns);
    }

    /// The value as text, NULL if absent; each different element of a list, each of which counts.
    static Dimension value(Target target) {
        return switch (target) {
            case Target.Ledger() -> new Dimension(ledger -> new Sql().bind(ledger), Set.of());
            case Target.OfField field ->
                target.shape() == Target.Shape.TEXTS
                        ? elements(target)
                        : new Dimension(
                                ledger -> new Sql().add("CAST(" + Expression.column(field) + " AS VARCHAR)"),
                                Set.of(Expression.column(field)));
            case Target.LeafIndex leafIndex ->
                of("CAST(" + Column.LEAF_INDEX + " AS VARCHAR)", Set.of(Column.LEAF_INDEX));
            case Target.Attribute attribute ->
                new Dimension(ledger -> Expression.value(attribute), Set.of(Expression.column(attribute)));
        };
    }

    /// The value of a field, `unknown` if absent.
    static Dimension valueOrUnknown(Field field) {
        Dimension value = value(new Target.OfField(field));
        return new Dimension(
                ledger -> new Sql()
                        .add("coalesce(")
                        .add(value.expression().apply(ledger))
                        .add(", '" + UNKNOWN + "')"),
                value.columns());
    }

    /// The number of the interval in which the time lies.
    ///
    /// @param from the beginning of interval 0, in nanoseconds since 1970
    /// @param width of an interval
    static Dimension interval(long from, long width) {
        return new Dimension(
                ledger -> new Sql()
                        .add("(" + Column.WHEN + " - ")
                        .bind(from)
                        .add(") // ")
                        .bind(width),
                Set.of(Column.TIME, Column.RECEIVED));
    }

    private static Dimension elements(Target target) {
        return new Dimension(
                ledger -> new Sql()
                        .add("unnest(coalesce(list_distinct(")
                        .add(Expression.list(target))
                        .add("), [NULL::VARCHAR]))"),
                Set.of(Expression.column(target)));
    }
}
