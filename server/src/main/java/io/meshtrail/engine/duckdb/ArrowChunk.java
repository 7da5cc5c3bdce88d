package io.meshtrail.engine.duckdb;

import io.meshtrail.engine.Chunk;
import io.meshtrail.engine.EngineException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/// One Arrow record batch. A text column is copied into the heap as a whole: that is cheaper than a look at
/// native memory for every byte.
final class ArrowChunk implements Chunk {
    private final VectorSchemaRoot root;

    ArrowChunk(VectorSchemaRoot root) {
        this.root = root;
    }

    @Override
    public int rows() {
        return root.getRowCount();
    }

    @Override
    public Numbers numbers(int column) {
        FieldVector vector = root.getVector(column);
        return switch (vector) {
            case BigIntVector numbers -> new BigInts(numbers);
            case TimeStampMicroTZVector times -> new Micros(times);
            default -> throw wrongType(vector, "numbers");
        };
    }

    @Override
    public Texts texts(int column) {
        FieldVector vector = root.getVector(column);
        if (!(vector instanceof VarCharVector texts)) {
            throw wrongType(vector, "texts");
        }
        return HeapTexts.copy(texts, rows());
    }

    private static EngineException wrongType(FieldVector vector, String wanted) {
        return new EngineException(
                "column " + vector.getName() + " is " + vector.getMinorType() + ", expected " + wanted,
                new ClassCastException(vector.getMinorType().toString()));
    }

    private record BigInts(BigIntVector vector) implements Numbers {
        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public long at(int row) {
            return vector.get(row);
        }
    }

    private record Micros(TimeStampMicroTZVector vector) implements Numbers {
        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public long at(int row) {
            return vector.get(row);
        }
    }

    private static final class HeapTexts implements Texts {
        private static final byte[] NOTHING = new byte[0];
        private static final int[] NOWHERE = new int[0];

        private final VarCharVector vector;
        private final int nulls;
        private final int rows;
        private final byte[] bytes;
        private final int[] starts;

        private HeapTexts(VarCharVector vector, int nulls, int rows, byte[] bytes, int[] starts) {
            this.vector = vector;
            this.nulls = nulls;
            this.rows = rows;
            this.bytes = bytes;
            this.starts = starts;
        }

        static HeapTexts copy(VarCharVector vector, int rows) {
            int nulls = vector.getNullCount();
            if (nulls == rows) {
                return new HeapTexts(vector, nulls, rows, NOTHING, NOWHERE);
            }
            int[] starts = new int[rows + 1];
            int origin = vector.getOffsetBuffer().getInt(0);
            for (int i = 0; i <= rows; i++) {
                starts[i] = vector.getOffsetBuffer().getInt(4L * i) - origin;
            }
            byte[] bytes = new byte[starts[rows]];
            vector.getDataBuffer().getBytes(origin, bytes);
            return new HeapTexts(vector, nulls, rows, bytes, starts);
        }

        @Override
        public boolean allNull() {
            return nulls == rows;
        }

        @Override
        public boolean isNull(int row) {
            return nulls != 0 && vector.isNull(row);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int start(int row) {
            return starts[row];
        }
    }
}
