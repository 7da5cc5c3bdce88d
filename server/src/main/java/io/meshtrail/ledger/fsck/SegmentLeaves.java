package io.meshtrail.ledger.fsck;

import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TilePath;
import io.meshtrail.proof.TreeHasher;
import io.meshtrail.segment.Segment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/// The hashes of one segment's entries: for each 256 of them the root of their tile, and their leaf hashes only
/// where a head inside the tile will be asked for. So a segment of 250,000 entries takes 31 kB.
///
/// One thread fills it, entry by entry.
final class SegmentLeaves {
    private static final int TILE = TilePath.FULL_WIDTH;

    private final Segment segment;
    private final NavigableSet<Long> sizes;
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] leaves = new byte[TILE * Hash.BYTES];
    private final byte[] roots;
    private final Map<Integer, byte[]> kept = new HashMap<>();
    private int filled;
    private int tiles;

    /// @param sizes tree sizes at which a head will be asked for
    SegmentLeaves(Segment segment, NavigableSet<Long> sizes) {
        this.segment = segment;
        this.sizes = sizes;
        this.roots = new byte[Math.toIntExact(segment.size() / TILE) * Hash.BYTES];
    }

    void add(byte[] bytes, int offset, int length) {
        hasher.leaf(bytes, offset, length, leaves, filled * Hash.BYTES);
        filled++;
        if (filled == TILE) {
            hasher.root(leaves, 0, TILE).writeTo(roots, tiles * Hash.BYTES);
            long from = segment.from() + (long) tiles * TILE;
            if (!sizes.subSet(from + 1, from + TILE).isEmpty()) {
                kept.put(tiles, leaves.clone());
            }
            tiles++;
            filled = 0;
        }
    }

    /// The entries so far.
    long entries() {
        return (long) tiles * TILE + filled;
    }

    /// The Merkle root of the range, of whole tiles.
    Hash root() {
        CompactRange range = new CompactRange();
        for (int tile = 0; tile < tiles; tile++) {
            range.appendNode(8, tileRoot(tile));
        }
        return range.root();
    }

    int tiles() {
        return tiles;
    }

    Hash tileRoot(int tile) {
        return Hash.at(roots, tile * Hash.BYTES);
    }

    /// The leaf hashes of a tile, if a head inside it will be asked for.
    Optional<byte[]> leavesOf(int tile) {
        return Optional.ofNullable(kept.get(tile)).map(each -> Arrays.copyOf(each, each.length));
    }
}
