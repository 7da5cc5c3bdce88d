package io.meshtrail.segment;

import io.meshtrail.engine.Chunk;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TreeHasher;
import java.nio.file.Path;
import java.util.Optional;

/// Computes what the rows of a Parquet file hash to: every row read back, made an entry again, hashed as a
/// leaf. Needs memory for a few chunks, whatever the size of the file.
final class SegmentRoot {
    private final CompactRange tree = new CompactRange();
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] leaf = new byte[Hash.BYTES];
    private final ChunkEntries entries;
    private final Optional<NeedleBuilder> needles;

    private SegmentRoot(long from, long to, Optional<NeedleBuilder> needles) {
        this.entries = new ChunkEntries(from, to);
        this.needles = needles;
    }

    /// What the rows of a file say.
    ///
    /// @param root their Merkle root
    /// @param firstTime the smallest event time, or Long.MIN_VALUE if no event knows its time
    /// @param lastTime the largest, or Long.MAX_VALUE
    record Found(Hash root, long firstTime, long lastTime) {}

    /// Reads the rows from..to of a file.
    ///
    /// @throws BrokenRowsException if they are not all there, once each and in order
    /// @throws io.meshtrail.engine.EngineException if the file cannot be read
    static Found of(TableEngine engine, Path file, long from, long to) {
        return of(engine, file, from, to, Optional.empty());
    }

    /// The same, and collects what is in a sidecar; it is only of use if the root is right.
    static Found of(TableEngine engine, Path file, long from, long to, NeedleBuilder needles) {
        return of(engine, file, from, to, Optional.of(needles));
    }

    private static Found of(TableEngine engine, Path file, long from, long to, Optional<NeedleBuilder> needles) {
        SegmentRoot root = new SegmentRoot(from, to, needles);
        engine.read(SegmentSql.rows(file), root::add);
        if (root.entries.next() != to) {
            throw new BrokenRowsException("rows end at " + root.entries.next() + " of a range that ends at " + to);
        }
        return new Found(root.tree.root(), root.entries.firstTime(), root.entries.lastTime());
    }

    private boolean add(Chunk chunk) {
        long first = entries.next();
        entries.forEach(chunk, this::add);
        needles.ifPresent(builder -> ChunkNeedles.collect(chunk, first, builder));
        return true;
    }

    private void add(long leafIndex, byte[] entry, int length) {
        hasher.leaf(entry, 0, length, leaf, 0);
        tree.append(leaf, 0);
    }
}
