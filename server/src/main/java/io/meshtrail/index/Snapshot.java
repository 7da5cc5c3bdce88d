package io.meshtrail.index;

import io.meshtrail.engine.Engine;
import java.util.List;
import java.util.Map;

/// One consistent view of all rows.
public interface Snapshot extends AutoCloseable {
    /// Where the rows are, newest range last for each ledger.
    List<RowSource> sources();

    /// For each ledger the number of entries that this view covers.
    Map<String, Long> asOf();

    /// What cannot be read, in words for the answer's `missing`; empty if the view is complete.
    List<String> missing();

    /// What was pruned, one for each ledger that it happened to: rows that are gone, with the times that they may have
    /// had; their relation is no SQL.
    default List<RowSource> pruned() {
        return List.of();
    }

    /// The engine that reads the sources.
    Engine engine();

    @Override
    void close();
}
