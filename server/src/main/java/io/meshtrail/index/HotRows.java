package io.meshtrail.index;

import java.util.List;
import java.util.stream.Collectors;

/// A run of hot rows that stays until it is closed.
final class HotRows implements AutoCloseable {
    private final HotIndex index;
    private final List<HotTable> tables;
    private final long from;
    private final long to;

    HotRows(HotIndex index, List<HotTable> tables, long from, long to) {
        this.index = index;
        this.tables = tables;
        this.from = from;
        this.to = to;
    }

    /// SQL that can stand after FROM, exactly the rows in their order.
    String relation() {
        return tables.stream()
                .map(table -> table.select(from, to))
                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    }

    @Override
    public void close() {
        index.release(tables);
    }
}
