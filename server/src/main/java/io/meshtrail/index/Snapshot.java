package io.meshtrail.index;

import io.meshtrail.engine.Engine;
import io.meshtrail.segment.NeedleQuery;
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

    /// What must be read of sources to find all rows that can answer: the same with fewer rows, in the same
    /// order, without those that have none. Sources of which nothing is known stay as they are.
    default List<RowSource> narrowed(List<RowSource> sources, NeedleQuery query) {
        return sources;
    }

    /// The engine that reads the sources.
    Engine engine();

    @Override
    void close();
}
