package io.meshtrail.segment;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.TableEngine;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Reads the exact entries of segments, for bundles, proofs and single entries. Any thread.
///
/// Reading one row of a Parquet file costs nearly as much as reading thousands, so an eighth of a row group
/// is decoded at once and the last few are kept. What it answers is not yet checked against the tree; the
/// ledger does that.
public final class SegmentReader {
    /// Entries of a slice: an eighth of a row group, so that none spans two.
    static final int SLICE = SegmentSql.ROW_GROUP / 8;

    /// A slice of large entries ends earlier.
    private static final int SLICE_BYTES = 48 << 20;

    private static final int KEPT = 3;

    private final TableEngine engine;
    private final SegmentFiles files;
    private final Deque<Cached> cache = new ArrayDeque<>();

    public SegmentReader(TableEngine engine, SegmentFiles files) {
        this.engine = engine;
        this.files = files;
    }

    /// Shows the entries from..to of a segment in their order.
    ///
    /// @throws IllegalArgumentException if the range is not in the segment
    /// @throws SegmentDamagedException if the file cannot be read or lacks a row
    public void read(Segment segment, long from, long to, EntryVisitor visitor) throws IOException {
        if (from < segment.from() || to > segment.to() || from > to) {
            throw new IllegalArgumentException("entries " + from + ".." + to + " of a segment of " + segment.ledger()
                    + " with " + segment.from() + ".." + segment.to());
        }
        long at = from;
        while (at < to) {
            Slice slice = slice(segment, at);
            long end = Math.min(to, slice.to());
            for (; at < end; at++) {
                slice.visit(at, visitor);
            }
        }
    }

    /// One entry of a segment.
    public byte[] entry(Segment segment, long leafIndex) throws IOException {
        if (leafIndex < segment.from() || leafIndex >= segment.to()) {
            throw new IllegalArgumentException("entry " + leafIndex + " of a segment of " + segment.ledger() + " with "
                    + segment.from() + ".." + segment.to());
        }
        return slice(segment, leafIndex).entry(leafIndex);
    }

    /// The slice that holds an entry; those who ask while it is being decoded wait for it instead of decoding
    /// it too.
    private Slice slice(Segment segment, long leafIndex) throws IOException {
        long begin = leafIndex - (leafIndex - segment.from()) % SLICE;
        while (true) {
            Cached cached = cached(segment, begin);
            cached.slice.run();
            Slice slice = get(cached);
            if (leafIndex < slice.to()) {
                return slice;
            }
            begin = slice.to();
        }
    }

    private Slice get(Cached cached) throws IOException {
        try {
            return cached.slice.get();
        } catch (ExecutionException failed) {
            forget(cached);
            if (failed.getCause() instanceof IOException damaged) {
                throw damaged;
            }
            throw new IOException("cannot read " + cached.segment.file() + ": " + failed.getCause(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("while reading " + cached.segment.file());
        }
    }

    private Cached cached(Segment segment, long begin) {
        synchronized (cache) {
            for (Cached cached : cache) {
                if (cached.begin == begin && cached.segment.equals(segment)) {
                    cache.remove(cached);
                    cache.addFirst(cached);
                    return cached;
                }
            }
            Cached fresh = new Cached(segment, begin, new FutureTask<>(() -> decode(segment, begin)));
            cache.addFirst(fresh);
            if (cache.size() > KEPT) {
                cache.removeLast();
            }
            return fresh;
        }
    }

    private void forget(Cached cached) {
        synchronized (cache) {
            cache.remove(cached);
        }
    }

    private Slice decode(Segment segment, long begin) throws SegmentDamagedException {
        long next = begin - (begin - segment.from()) % SLICE + SLICE;
        long end = Math.min(segment.to(), next);
        Slice.Builder slice = new Slice.Builder(begin, (int) (end - begin));
        ChunkEntries entries = new ChunkEntries(begin, end);
        try {
            engine.read(SegmentSql.rows(files.of(segment), begin, end), chunk -> {
                entries.forEach(chunk, (leafIndex, bytes, length) -> slice.add(bytes, length));
                return slice.size() < SLICE_BYTES;
            });
        } catch (BrokenRowsException | EngineException broken) {
            throw new SegmentDamagedException(segment, "its rows cannot be read: " + broken.getMessage());
        }
        if (slice.size() < SLICE_BYTES && entries.next() != end) {
            throw new SegmentDamagedException(segment, "entry " + entries.next() + " is not in it");
        }
        return slice.build();
    }

    private record Cached(Segment segment, long begin, FutureTask<Slice> slice) {}
}
