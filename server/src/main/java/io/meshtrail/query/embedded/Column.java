package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;

/// Names of columns, as [io.meshtrail.index.RowSource] promises them, quoted for SQL.
final class Column {
    static final String LEAF_INDEX = "\"leafIndex\"";
    static final String ATTRIBUTES = "\"attributes\"";

    /// The columns of [#WHEN].
    static final String TIME = of(Field.TIME);

    static final String RECEIVED = of(Field.RECEIVED);

    /// The time by which events are ordered and ranges are cut: when it happened, else when we heard of it.
    static final String WHEN = "coalesce(" + TIME + ", " + RECEIVED + ")";

    private Column() {}

    static String of(Field field) {
        return field.type() == Field.Type.TIME ? "\"" + field.column() + "_ns\"" : "\"" + field.column() + "\"";
    }
}
