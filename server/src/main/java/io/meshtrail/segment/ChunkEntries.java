package io.meshtrail.segment;

import io.meshtrail.engine.Chunk;
import java.util.List;

/// Makes entries of chunks that have exactly the columns of [Columns#names], and checks what the leaf hashes
/// cannot see: that the rows are in order without a gap, and that the derived times are those of the
/// nanoseconds.
final class ChunkEntries {
    private static final int TIME = timeColumn();

    private final EntryWriter writer = new EntryWriter();
    private final long to;
    private long next;
    private long firstTime = Long.MAX_VALUE;
    private long lastTime = Long.MIN_VALUE;

    /// @param from the leafIndex that the first row must have
    /// @param to one more than the last row may have
    ChunkEntries(long from, long to) {
        this.next = from;
        this.to = to;
    }

    /// One more than the last leafIndex that was seen.
    long next() {
        return next;
    }

    /// The smallest event time so far; Long.MIN_VALUE if no event knows its time.
    long firstTime() {
        return firstTime <= lastTime ? firstTime : Long.MIN_VALUE;
    }

    /// The largest event time so far; Long.MAX_VALUE if no event knows its time.
    long lastTime() {
        return firstTime <= lastTime ? lastTime : Long.MAX_VALUE;
    }

    /// Shows the entries of a chunk one after the other.
    ///
    /// @throws BrokenRowsException if a row is not the one that must follow
    void forEach(Chunk chunk, Visitor visitor) {
        List<Columns.Column> columns = Columns.all();
        Chunk.Numbers places = chunk.numbers(0);
        Cell[] cells = new Cell[columns.size()];
        int used = 0;
        for (int i = 1; i < columns.size(); i++) {
            Cell cell = cell(i, columns.get(i).role(), chunk);
            if (!cell.absent()) {
                cells[used++] = cell;
            }
        }
        Chunk.Numbers times = chunk.numbers(TIME);
        for (int row = 0; row < chunk.rows(); row++) {
            if (places.isNull(row) || places.at(row) != next || next >= to) {
                throw new BrokenRowsException("row " + (places.isNull(row) ? "NULL" : places.at(row)) + " where " + next
                        + " must follow, of a range that ends at " + to);
            }
            writer.begin();
            for (int i = 0; i < used; i++) {
                cells[i].write(row, writer);
            }
            int length = writer.end();
            visitor.entry(next, writer.array(), length);
            if (!times.isNull(row)) {
                firstTime = Math.min(firstTime, times.at(row));
                lastTime = Math.max(lastTime, times.at(row));
            }
            next++;
        }
    }

    private static int timeColumn() {
        List<String> names = Columns.all().stream().map(Columns.Column::name).toList();
        return names.indexOf("time_ns");
    }

    private static Cell cell(int column, Columns.Role role, Chunk chunk) {
        return switch (role) {
            case LEAF_INDEX -> throw new IllegalStateException("leafIndex is the first column");
            case TEXT -> new Text(column, chunk.texts(column));
            case TEXTS -> new Json(column, chunk.texts(column));
            case ATTRIBUTES -> new Attributes(chunk.texts(column));
            case INTEGER -> new Whole(column, chunk.numbers(column));
            case NANOS -> new Time(column, chunk.numbers(column), chunk.numbers(column + 1));
            case MICROS -> Checked.WITH_NANOS;
        };
    }

    /// Sees one entry.
    interface Visitor {
        /// @param bytes the entry in its first `length` bytes; valid until this call returns
        void entry(long leafIndex, byte[] bytes, int length);
    }

    /// One column of a chunk.
    private sealed interface Cell {
        default boolean absent() {
            return false;
        }

        void write(int row, EntryWriter writer);
    }

    private record Text(int column, Chunk.Texts texts) implements Cell {
        @Override
        public boolean absent() {
            return texts.allNull();
        }

        @Override
        public void write(int row, EntryWriter writer) {
            if (!texts.isNull(row)) {
                writer.text(column, texts.bytes(), texts.start(row), texts.start(row + 1));
            }
        }
    }

    private record Json(int column, Chunk.Texts texts) implements Cell {
        @Override
        public boolean absent() {
            return texts.allNull();
        }

        @Override
        public void write(int row, EntryWriter writer) {
            if (!texts.isNull(row)) {
                writer.json(column, texts.bytes(), texts.start(row), texts.start(row + 1));
            }
        }
    }

    private record Attributes(Chunk.Texts texts) implements Cell {
        @Override
        public boolean absent() {
            return texts.allNull();
        }

        @Override
        public void write(int row, EntryWriter writer) {
            if (!texts.isNull(row)) {
                writer.attributes(texts.bytes(), texts.start(row), texts.start(row + 1));
            }
        }
    }

    private record Whole(int column, Chunk.Numbers numbers) implements Cell {
        @Override
        public void write(int row, EntryWriter writer) {
            if (!numbers.isNull(row)) {
                writer.number(column, numbers.at(row));
            }
        }
    }

    private record Time(int column, Chunk.Numbers nanos, Chunk.Numbers micros) implements Cell {
        @Override
        public void write(int row, EntryWriter writer) {
            boolean absent = nanos.isNull(row);
            if (absent != micros.isNull(row) || (!absent && Math.floorDiv(nanos.at(row), 1_000L) != micros.at(row))) {
                throw new BrokenRowsException("row " + row + " of a chunk: "
                        + Columns.all().get(column + 1).name() + " is not the time of "
                        + Columns.all().get(column).name());
            }
            if (!absent) {
                writer.time(column, nanos.at(row));
            }
        }
    }

    private enum Checked implements Cell {
        WITH_NANOS;

        @Override
        public boolean absent() {
            return true;
        }

        @Override
        public void write(int row, EntryWriter writer) {}
    }
}
