package io.meshtrail.segment;

import io.meshtrail.proof.Hash;
import java.nio.file.Path;
import java.util.Optional;

/// The statements by which the engine writes and reads segments.
public final class SegmentSql {
    /// Rows of a Parquet row group; smaller ones cost 5 to 48 % more bytes.
    static final int ROW_GROUP = 122_880;

    /// The version of the columns, in the file's metadata.
    static final int SCHEMA = 1;

    private static final String READ = "read_parquet(";

    private SegmentSql() {}

    /// The relation of a file's rows.
    public static String relation(Path file) {
        return READ + text(file.toAbsolutePath().normalize().toString()) + ")";
    }

    /// The file of a relation that [#relation] made; empty if it is another one.
    public static Optional<Path> file(String relation) {
        boolean made = relation.startsWith(READ + "'") && relation.endsWith("')");
        return made
                ? Optional.of(Path.of(relation.substring(READ.length() + 1, relation.length() - 2)
                        .replace("''", "'")))
                : Optional.empty();
    }

    /// A hot table, empty.
    public static String createTable(String table) {
        return "CREATE TABLE " + table + " " + Columns.definitions();
    }

    /// All rows of a file, in the order in which they were written.
    static String rows(Path file) {
        return "SELECT " + Columns.names() + " FROM " + relation(file);
    }

    /// The rows of a file from..to.
    static String rows(Path file, long from, long to) {
        return rows(file) + " WHERE \"leafIndex\" >= " + from + " AND \"leafIndex\" < " + to;
    }

    /// Writes a relation as a Parquet file. There is no ORDER BY: the rows are in order already, and the
    /// read-back proves it.
    static String copy(String relation, Path file, String ledger, long from, long to, Hash root) {
        return "COPY (SELECT " + Columns.names() + " FROM " + relation + ") TO "
                + text(file.toAbsolutePath().normalize().toString())
                + " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION V2, ROW_GROUP_SIZE "
                + ROW_GROUP + ", WRITE_BLOOM_FILTER false, FIELD_IDS " + Columns.fieldIds()
                + ", KV_METADATA {'meshtrail.ledger': " + text(ledger) + ", 'meshtrail.from': '" + from
                + "', 'meshtrail.to': '" + to + "', 'meshtrail.root': " + text(root.base64())
                + ", 'meshtrail.schema': '" + SCHEMA + "'})";
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
