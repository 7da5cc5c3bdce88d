package io.meshtrail.segment;

import io.meshtrail.engine.TableEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The entries of any relation of rows.
public final class Rows {
    private Rows() {}

    /// The entries from..to, which are exactly the rows of a relation.
    public static List<byte[]> of(TableEngine engine, String relation, long from, long to) {
        List<byte[]> entries = new ArrayList<>();
        ChunkEntries chunks = new ChunkEntries(from, to);
        engine.read("SELECT " + Columns.names() + " FROM " + relation, chunk -> {
            chunks.forEach(chunk, (leafIndex, bytes, length) -> entries.add(Arrays.copyOf(bytes, length)));
            return true;
        });
        return entries;
    }
}
