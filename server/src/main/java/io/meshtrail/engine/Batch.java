package io.meshtrail.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows on their way into a table, column by column. The arrays are shared, not copied: they must not change
/// until the insert is done.
///
/// @param rows how many
/// @param columns each with one place for every row
public record Batch(int rows, List<Column> columns) {
    public Batch {
        columns = List.copyOf(columns);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).length() != rows) {
                throw new IllegalArgumentException("column " + i + " of a batch of " + rows + " rows has "
                        + columns.get(i).length());
            }
        }
    }

    /// One column of a batch.
    public sealed interface Column {
        int length();
    }

    /// VARCHAR.
    ///
    /// @param values UTF-8, or null for NULL. One invalid byte fails the whole batch
    public record Texts(byte[] @Nullable [] values) implements Column {
        @Override
        public int length() {
            return values.length;
        }
    }

    /// BIGINT.
    ///
    /// @param present false for NULL; its value is then ignored
    public record Numbers(long[] values, boolean[] present) implements Column {
        public Numbers {
            if (values.length != present.length) {
                throw new IllegalArgumentException(values.length + " values, " + present.length + " marks");
            }
        }

        @Override
        public int length() {
            return values.length;
        }
    }

    /// TIMESTAMP WITH TIME ZONE.
    ///
    /// @param micros microseconds since 1970 UTC
    /// @param present false for NULL; its value is then ignored
    public record Times(long[] micros, boolean[] present) implements Column {
        public Times {
            if (micros.length != present.length) {
                throw new IllegalArgumentException(micros.length + " values, " + present.length + " marks");
            }
        }

        @Override
        public int length() {
            return micros.length;
        }
    }
}
