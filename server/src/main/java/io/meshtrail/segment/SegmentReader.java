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
/// Who asks at random (a proof, one event) gets the rows of one tile decoded, which costs some 25 ms of a row group.
/// Who goes on where rows decoded before end (a monitor that walks the ledger) has an eighth of a row group decoded at
/// once, a tenth of that cost per entry. What was decoded last is kept. What it answers is not yet checked against the
/// tree; the ledger does that.
public final class SegmentReader {
    /// Entries of the slice of one who walks: an eighth of a row group, so that none spans two.
    static final int SLICE = SegmentSql.ROW_GROUP / 8;

    /// Entries of the slice of one who asks at random: those of a level-0 tile.
    static final int TILE = 256;

    /// A slice of large entries ends earlier.
    private static final int SLICE_BYTES = 48 << 20;

    /// Rows that are kept: three slices of walkers, or 180 tiles.
    private static final long KEPT_ROWS = 3L * SLICE;

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
        while (true) {
            Cached cached = cached(segment, leafIndex);
            cached.task.run();
            Slice slice = get(cached);
            if (leafIndex < slice.to()) {
                return slice;
            }
        }
    }

    private Slice get(Cached cached) throws IOException {
        try {
            return cached.task.get();
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

    private Cached cached(Segment segment, long leafIndex) {
        synchronized (cache) {
            boolean walking = false;
            for (Cached cached : cache) {
                if (cached.segment.equals(segment)) {
                    if (cached.holds(leafIndex)) {
                        cache.remove(cached);
                        cache.addFirst(cached);
                        return cached;
                    }
                    walking |= cached.end == leafIndex;
                }
            }
            Cached fresh = walking ? onwards(segment, leafIndex) : tileOf(segment, leafIndex);
            cache.addFirst(fresh);
            long rows = cache.stream().mapToLong(Cached::rows).sum();
            while (rows > KEPT_ROWS && cache.size() > 1) {
                rows -= cache.removeLast().rows();
            }
            return fresh;
        }
    }

    private Cached onwards(Segment segment, long begin) {
        long next = begin - (begin - segment.from()) % SLICE + SLICE;
        return new Cached(segment, begin, Math.min(segment.to(), next));
    }

    private Cached tileOf(Segment segment, long leafIndex) {
        long tile = leafIndex - leafIndex % TILE;
        return new Cached(segment, Math.max(segment.from(), tile), Math.min(segment.to(), tile + TILE));
    }

    private void forget(Cached cached) {
        synchronized (cache) {
            cache.remove(cached);
        }
    }

    private Slice decode(Segment segment, long begin, long end) throws SegmentDamagedException {
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

    /// A slice that is decoded or is being decoded.
    private final class Cached {
        final Segment segment;
        final long begin;
        final FutureTask<Slice> task;

        /// Where it is expected to end; once decoded, where it ends.
        volatile long end;

        Cached(Segment segment, long begin, long end) {
            this.segment = segment;
            this.begin = begin;
            this.end = end;
            this.task = new FutureTask<>(() -> {
                Slice slice = decode(segment, begin, end);
                this.end = slice.to();
                return slice;
            });
        }

        boolean holds(long leafIndex) {
            return begin <= leafIndex && leafIndex < end;
        }

        long rows() {
            return end - begin;
        }
    }
}
