package io.meshtrail.engine.duckdb;

import io.meshtrail.engine.Batch;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Writes a run of one column's rows into a vector of the engine.
final class VectorWriter {
    private static final long MICROS_A_SECOND = 1_000_000L;

    private VectorWriter() {}

    static void write(Batch.Column column, int from, int rows, DuckDBWritableVector target) {
        switch (column) {
            case Batch.Texts texts -> target.setStringUtf8Batch(0, run(texts.values(), from, rows));
            case Batch.Numbers numbers -> {
                for (int row = 0; row < rows; row++) {
                    if (numbers.present()[from + row]) {
                        target.setLong(row, numbers.values()[from + row]);
                    } else {
                        target.setNull(row);
                    }
                }
            }
            case Batch.Times times -> {
                for (int row = 0; row < rows; row++) {
                    if (times.present()[from + row]) {
                        target.setOffsetDateTime(row, time(times.micros()[from + row]));
                    } else {
                        target.setNull(row);
                    }
                }
            }
        }
    }

    private static byte[] @Nullable [] run(byte[] @Nullable [] values, int from, int rows) {
        return from == 0 && rows == values.length ? values : Arrays.copyOfRange(values, from, from + rows);
    }

    /// The driver has no door for the number itself.
    private static OffsetDateTime time(long micros) {
        long second = Math.floorDiv(micros, MICROS_A_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_A_SECOND) * 1_000;
        return OffsetDateTime.ofInstant(Instant.ofEpochSecond(second, nanos), ZoneOffset.UTC);
    }
}
