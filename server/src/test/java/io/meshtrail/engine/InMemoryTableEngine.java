package io.meshtrail.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An engine without threads or native code: tables in memory, files where it is told. It understands the statements
/// of the stations ([io.meshtrail.segment.SegmentSql], the hot tables) and refuses every other. Its files are not
/// Parquet; whoever reads them through the engine cannot tell.
public final class InMemoryTableEngine implements TableEngine {
    private static final Pattern CREATE = Pattern.compile("CREATE TABLE (\\w+) \\((.*)\\)");
    private static final Pattern DROP = Pattern.compile("DROP TABLE (\\w+)");
    private static final Pattern INSERT = Pattern.compile("INSERT INTO (\\w+) (SELECT .*)");
    private static final Pattern COPY =
            Pattern.compile("COPY \\((SELECT .*)\\) TO '((?:[^']|'')*)' \\(FORMAT parquet.*");
    private static final Pattern FILE = Pattern.compile("read_parquet\\('((?:[^']|'')*)'\\)");
    private static final Pattern FILES = Pattern.compile("read_parquet\\(\\[(.*)\\]\\)");
    private static final Pattern SELECT = Pattern.compile("SELECT (?:\\*|\"leafIndex\"(?:, \"\\w+\")*) FROM (.*?)"
            + "(?: WHERE \"leafIndex\" >= (\\d+) AND \"leafIndex\" < (\\d+))?");
    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final int MAGIC = 0x53494D31;
    private static final int CHUNK = 2_048;

    private final Files files;
    private final Map<String, List<@Nullable Object[]>> tables = new TreeMap<>();

    /// Where files are.
    public interface Files {
        byte[] read(Path file) throws IOException;

        /// Writes a file; not durable.
        void write(Path file, byte[] bytes) throws IOException;
    }

    public InMemoryTableEngine(Files files) {
        this.files = files;
    }

    /// The tables that there are.
    public int tables() {
        return tables.size();
    }

    @Override
    public synchronized void execute(String sql) {
        Matcher create = CREATE.matcher(sql);
        Matcher drop = DROP.matcher(sql);
        Matcher insert = INSERT.matcher(sql);
        Matcher copy = COPY.matcher(sql);
        if (create.matches()) {
            if (tables.putIfAbsent(create.group(1), new ArrayList<>()) != null) {
                throw refuse("table " + create.group(1) + " exists");
            }
        } else if (drop.matches()) {
            table(drop.group(1));
            tables.remove(drop.group(1));
        } else if (insert.matches()) {
            List<@Nullable Object[]> more = rows(insert.group(2));
            table(insert.group(1)).addAll(more);
        } else if (copy.matches()) {
            write(Path.of(copy.group(2).replace("''", "'")), rows(copy.group(1)));
        } else {
            throw refuse("not a statement of the stations: " + sql);
        }
    }

    @Override
    public synchronized void insert(String table, Batch rows) {
        List<@Nullable Object[]> target = table(table);
        for (int row = 0; row < rows.rows(); row++) {
            @Nullable Object[] cells = new @Nullable Object[rows.columns().size()];
            for (int column = 0; column < cells.length; column++) {
                cells[column] = cell(rows.columns().get(column), row);
            }
            target.add(cells);
        }
    }

    private static @Nullable Object cell(Batch.Column column, int row) {
        return switch (column) {
            case Batch.Texts texts -> {
                byte @Nullable [] text = texts.values()[row];
                yield text == null ? null : text.clone();
            }
            case Batch.Numbers numbers -> numbers.present()[row] ? (Object) numbers.values()[row] : null;
            case Batch.Times times -> times.present()[row] ? (Object) times.micros()[row] : null;
        };
    }

    @Override
    public void read(String sql, ChunkReader reader) {
        List<@Nullable Object[]> rows;
        synchronized (this) {
            rows = List.copyOf(rows(sql));
        }
        for (int at = 0; at < rows.size(); at += CHUNK) {
            if (!reader.read(new RowChunk(rows.subList(at, Math.min(rows.size(), at + CHUNK))))) {
                return;
            }
        }
    }

    @Override
    public <T> T query(String sql, List<Object> parameters, Duration limit, RowReader<T> reader) {
        throw refuse("questions of users are not for this engine: " + sql);
    }

    @Override
    public void close() {
        tables.clear();
    }

    /// The rows of a SELECT.
    private List<@Nullable Object[]> rows(String sql) {
        Matcher select = SELECT.matcher(sql);
        if (!select.matches()) {
            throw refuse("not a question of the stations: " + sql);
        }
        List<@Nullable Object[]> all = relation(select.group(1));
        if (select.group(2) == null) {
            return all;
        }
        long from = Long.parseLong(select.group(2));
        long to = Long.parseLong(select.group(3));
        return all.stream()
                .filter(row -> row[0] instanceof Long place && place >= from && place < to)
                .toList();
    }

    /// The rows of what stands after FROM.
    private List<@Nullable Object[]> relation(String relation) {
        if (relation.startsWith("(") && relation.endsWith(")")) {
            List<@Nullable Object[]> all = new ArrayList<>();
            for (String part : relation.substring(1, relation.length() - 1).split(" UNION ALL ")) {
                all.addAll(rows(part));
            }
            return all;
        }
        Matcher file = FILE.matcher(relation);
        if (file.matches()) {
            return parse(Path.of(file.group(1).replace("''", "'")));
        }
        Matcher several = FILES.matcher(relation);
        if (several.matches()) {
            List<@Nullable Object[]> all = new ArrayList<>();
            for (String path : several.group(1).split(", ")) {
                all.addAll(parse(Path.of(path.substring(1, path.length() - 1).replace("''", "'"))));
            }
            return all;
        }
        if (NAME.matcher(relation).matches()) {
            return table(relation);
        }
        throw refuse("not a relation of the stations: " + relation);
    }

    private List<@Nullable Object[]> table(String name) {
        List<@Nullable Object[]> table = tables.get(name);
        if (table == null) {
            throw refuse("there is no table " + name);
        }
        return table;
    }

    private void write(Path file, List<@Nullable Object[]> rows) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(rows.size());
            for (@Nullable Object[] row : rows) {
                out.writeShort(row.length);
                for (@Nullable Object cell : row) {
                    if (cell instanceof Long number) {
                        out.writeByte('n');
                        out.writeLong(number);
                    } else if (cell instanceof byte[] text) {
                        out.writeByte('t');
                        out.writeInt(text.length);
                        out.write(text);
                    } else {
                        out.writeByte('0');
                    }
                }
            }
            files.write(file, bytes.toByteArray());
        } catch (IOException refused) {
            throw new EngineException("cannot write " + file + ": " + refused.getMessage(), refused);
        }
    }

    private List<@Nullable Object[]> parse(Path file) {
        byte[] bytes;
        try {
            bytes = files.read(file);
        } catch (IOException refused) {
            throw new EngineException("cannot read " + file + ": " + refused.getMessage(), refused);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("no such file of ours");
            }
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(row(in));
            }
            return rows;
        } catch (IOException | IllegalArgumentException damaged) {
            throw new EngineException(file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static @Nullable Object[] row(DataInputStream in) throws IOException {
        @Nullable Object[] row = new @Nullable Object[in.readUnsignedShort()];
        for (int column = 0; column < row.length; column++) {
            row[column] = switch (in.readByte()) {
                case 'n' -> in.readLong();
                case 't' -> in.readNBytes(length(in));
                case '0' -> null;
                default -> throw new IOException("no such cell");
            };
        }
        return row;
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return length;
    }

    private static EngineException refuse(String words) {
        return new EngineException(words, new IllegalArgumentException(words));
    }

    /// Some rows as columns.
    private record RowChunk(List<@Nullable Object[]> chosen) implements Chunk {
        @Override
        public int rows() {
            return chosen.size();
        }

        private @Nullable Object cell(int row, int column) {
            @Nullable Object[] cells = chosen.get(row);
            return column < cells.length ? cells[column] : null;
        }

        @Override
        public Numbers numbers(int column) {
            return new Numbers() {
                @Override
                public boolean isNull(int row) {
                    return cell(row, column) == null;
                }

                @Override
                public long at(int row) {
                    if (cell(row, column) instanceof Long number) {
                        return number;
                    }
                    throw refuse("column " + column + " has no number in row " + row);
                }
            };
        }

        @Override
        public Texts texts(int column) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int[] starts = new int[chosen.size() + 1];
            boolean any = false;
            for (int row = 0; row < chosen.size(); row++) {
                if (cell(row, column) instanceof byte[] text) {
                    all.writeBytes(text);
                    any = true;
                } else if (cell(row, column) != null) {
                    throw refuse("column " + column + " has no text in row " + row);
                }
                starts[row + 1] = all.size();
            }
            byte[] bytes = all.toByteArray();
            boolean allNull = !any;
            return new Texts() {
                @Override
                public boolean allNull() {
                    return allNull;
                }

                @Override
                public boolean isNull(int row) {
                    return cell(row, column) == null;
                }

                @Override
                public byte[] bytes() {
                    return bytes;
                }

                @Override
                public int start(int row) {
                    return starts[row];
                }
            };
        }
    }
}
