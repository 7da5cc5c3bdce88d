package io.meshtrail.engine.duckdb;

import io.meshtrail.engine.Batch;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jspecify.annotations.Nullable;

/// The table function `meshtrail_batch(n)`, by which the engine takes a batch out of the Java heap: one
/// native call a column and vector, where an appender needs one a value. SQL can only name a batch by a
/// number that was drawn for it, and only while it is on offer.
final class Batches implements AutoCloseable {
    private static final String NAME = "meshtrail_batch";

    private final Map<Long, Batch> offered = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    private Batches() {}

    static Batches register(DuckDBConnection connection) throws SQLException {
        Batches batches = new Batches();
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(NAME)
                    .withParameter(DuckDBColumnType.BIGINT)
                    .withFunction(new Function(batches.offered))
                    .register(connection);
        }
        return batches;
    }

    Ticket offer(Batch batch) {
        long number = numbers.incrementAndGet();
        offered.put(number, batch);
        return new Ticket(number);
    }

    @Override
    public void close() {
        offered.clear();
    }

    /// A batch on offer.
    final class Ticket implements AutoCloseable {
        private final long number;

        private Ticket(long number) {
            this.number = number;
        }

        String relation() {
            return NAME + "(" + number + ")";
        }

        @Override
        public void close() {
            offered.remove(number);
        }
    }

    /// How far one scan of a batch has come. The engine scans it with one thread.
    private static final class Scan {
        private int at;
    }

    private record Function(Map<Long, Batch> offered) implements DuckDBTableFunction<Batch, Scan, Object> {
        @Override
        public Batch bind(DuckDBTableFunctionBindInfo info) {
            @Nullable Batch batch = offered.get(info.getParameter(0).getLong());
            if (batch == null) {
                throw new IllegalArgumentException("no such batch");
            }
            for (int i = 0; i < batch.columns().size(); i++) {
                info.addResultColumn("c" + i, type(batch.columns().get(i)));
            }
            info.setCardinality(batch.rows(), true);
            return batch;
        }

        private static DuckDBColumnType type(Batch.Column column) {
            return switch (column) {
                case Batch.Texts texts -> DuckDBColumnType.VARCHAR;
                case Batch.Numbers numbers -> DuckDBColumnType.BIGINT;
                case Batch.Times times -> DuckDBColumnType.TIMESTAMP_WITH_TIME_ZONE;
            };
        }

        @Override
        public Scan init(DuckDBTableFunctionInitInfo info) {
            info.setMaxThreads(1);
            return new Scan();
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter target) {
            Batch batch = info.getBindData();
            Scan scan = info.getInitData();
            int rows = (int) Math.min(target.capacity(), batch.rows() - scan.at);
            for (int i = 0; rows > 0 && i < batch.columns().size(); i++) {
                VectorWriter.write(batch.columns().get(i), scan.at, rows, target.vector(i));
            }
            scan.at += rows;
            return rows;
        }
    }
}
