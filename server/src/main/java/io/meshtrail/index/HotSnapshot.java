package io.meshtrail.index;

import io.meshtrail.engine.Engine;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.NeedleQuery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// A snapshot that pins the hot tables and the segment files that it names.
final class HotSnapshot implements Snapshot {
    private final HotIndex index;
    private final List<RowSource> sources;
    private final Map<String, Long> asOf;
    private final List<String> missing;
    private final List<HotTable> pinned;
    private final Manifest segments;
    private final List<RowSource> pruned;
    private final AtomicBoolean closed = new AtomicBoolean();

    HotSnapshot(
            HotIndex index,
            List<RowSource> sources,
            Map<String, Long> asOf,
            List<String> missing,
            List<HotTable> pinned,
            Manifest segments,
            List<RowSource> pruned) {
        this.index = index;
        this.sources = List.copyOf(sources);
        this.asOf = Map.copyOf(asOf);
        this.missing = List.copyOf(missing);
        this.pinned = List.copyOf(pinned);
        this.segments = segments;
        this.pruned = List.copyOf(pruned);
    }

    @Override
    public List<RowSource> sources() {
        return sources;
    }

    @Override
    public Map<String, Long> asOf() {
        return asOf;
    }

    @Override
    public List<String> missing() {
        return missing;
    }

    @Override
    public List<RowSource> pruned() {
        return pruned;
    }

    @Override
    public List<RowSource> narrowed(List<RowSource> all, NeedleQuery query) {
        return index.needles().narrowed(segments, all, query);
    }

    @Override
    public Engine engine() {
        return index.engine();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            index.closed(segments);
            index.release(pinned);
        }
    }
}
