package io.meshtrail.segment;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TreeHasher;
import java.nio.file.Path;

/// Computes what the rows of a Parquet file hash to: every row read back, made an entry again, hashed as a
/// leaf. Needs memory for a few chunks, whatever the size of the file.
final class SegmentRoot {
    private final CompactRange tree = new CompactRange();
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] leaf = new byte[Hash.BYTES];
    private final ChunkEntries entries;

    private SegmentRoot(long from, long to) {
        this.entries = new ChunkEntries(from, to);
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
        SegmentRoot root = new SegmentRoot(from, to);
        engine.read(SegmentSql.rows(file), chunk -> {
            root.entries.forEach(chunk, root::add);
            return true;
        });
        if (root.entries.next() != to) {
            throw new BrokenRowsException("rows end at " + root.entries.next() + " of a range that ends at " + to);
        }
        return new Found(root.tree.root(), root.entries.firstTime(), root.entries.lastTime());
    }

    private void add(long leafIndex, byte[] entry, int length) {
        hasher.leaf(entry, 0, length, leaf, 0);
        tree.append(leaf, 0);
    }
}
