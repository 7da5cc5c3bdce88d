package io.meshtrail.segment;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes entries and events of the rows of a result that has all columns ([Columns#names]), in any order and
/// among others. For pages of rows; for millions there is [ChunkEntries].
public final class RowCodec {
    private final ResultSet rows;
    private final int[] places;
    private final EntryWriter writer = new EntryWriter();

    private RowCodec(ResultSet rows, int[] places) {
        this.rows = rows;
        this.places = places;
    }

    /// A codec for the rows of one result.
    ///
    /// @throws SQLException if a column is not there
    public static RowCodec over(ResultSet rows) throws SQLException {
        List<Columns.Column> columns = Columns.all();
        int[] places = new int[columns.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = rows.findColumn(columns.get(i).name());
        }
        return new RowCodec(rows, places);
    }

    /// The leafIndex of the current row.
    public long leafIndex() throws SQLException {
        return rows.getLong(places[0]);
    }

    /// The exact entry bytes of the current row, if the row is undamaged.
    public byte[] entry() throws SQLException {
        writer.begin();
        List<Columns.Column> columns = Columns.all();
        for (int i = 0; i < places.length; i++) {
            switch (columns.get(i).role()) {
                case LEAF_INDEX, MICROS -> {}
                case TEXT -> {
                    @Nullable String text = rows.getString(places[i]);
                    if (text != null) {
                        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                        writer.text(i, bytes, 0, bytes.length);
                    }
                }
                case TEXTS -> {
                    @Nullable String json = rows.getString(places[i]);
                    if (json != null) {
                        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                        writer.json(i, bytes, 0, bytes.length);
                    }
                }
                case ATTRIBUTES -> {
                    @Nullable String json = rows.getString(places[i]);
                    if (json != null) {
                        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                        writer.attributes(bytes, 0, bytes.length);
                    }
                }
                case INTEGER, NANOS -> number(i, columns.get(i).role());
            }
        }
        int length = writer.end();
        return java.util.Arrays.copyOf(writer.array(), length);
    }

    private void number(int column, Columns.Role role) throws SQLException {
        long value = rows.getLong(places[column]);
        if (rows.wasNull()) {
            return;
        }
        if (role == Columns.Role.NANOS) {
            writer.time(column, value);
        } else {
            writer.number(column, value);
        }
    }

    /// The event of the current row.
    ///
    /// @throws SQLException if the row is no entry: its segment is damaged
    public AuditEvent event() throws SQLException {
        try {
            return EventCodec.decode(entry());
        } catch (EntryFormatException damaged) {
            throw new SQLException("row " + leafIndex() + " is no entry: " + damaged.getMessage(), damaged);
        }
    }
}
