package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.query.Target;

/// The SQL of a target's value.
final class Expression {
    private Expression() {}

    /// The column that the value is read from.
    static String column(Target target) {
        return switch (target) {
            case Target.OfField(Field field) -> Column.of(field);
            case Target.Attribute(String name) -> Column.ATTRIBUTES;
            case Target.LeafIndex() -> Column.LEAF_INDEX;
            case Target.Ledger() -> throw new IllegalArgumentException("a ledger is no column");
        };
    }

    /// The value itself: text, a number, or JSON text for a list; NULL if the event does not have it.
    static Sql value(Target target) {
        return target instanceof Target.Attribute(String name)
                ? new Sql()
                        .add("json_extract_string(" + Column.ATTRIBUTES + ", ")
                        .bind("$.\"" + name + "\"")
                        .add(")")
                : new Sql().add(column(target));
    }

    /// The text to compare with; lower case where case does not matter.
    static Sql text(Target target) {
        return target.ignoresCase() ? new Sql().add("lower(").add(value(target)).add(")") : value(target);
    }

    /// The texts of a list.
    static Sql list(Target target) {
        return new Sql().add("from_json(").add(value(target)).add(", '[\"VARCHAR\"]')");
    }
}
