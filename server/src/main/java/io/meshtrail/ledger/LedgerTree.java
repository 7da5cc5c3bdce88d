package io.meshtrail.ledger;

import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.HashReader;
import io.meshtrail.proof.TreeHasher;
import io.meshtrail.proof.TreeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Merkle tree of one ledger. In memory: the leaf hashes that are not sealed, and every hash of the
/// tile levels above
/// (an eighth of a byte an entry). The leaf hashes of sealed entries are computed from the rows when a
/// proof needs them.
///
/// One thread appends, any thread reads.
final class LedgerTree implements HashReader {
    private static final int TILE = 256;

    private final LeafTiles sealedLeaves;
    private final ProvenTiles proven = new ProvenTiles();
    private final CompactRange range;
    private final HashList leaves = new HashList();

    /// Level 1 and up: upper.get(l - 1) holds the roots of full level l - 1 tiles.
    private final List<HashList> upper = new ArrayList<>();

    private long base;

    private LedgerTree(LeafTiles sealedLeaves, CompactRange range, long base) {
        this.sealedLeaves = sealedLeaves;
        this.range = range;
        this.base = base;
    }

    /// The tree of the sealed entries alone.
    ///
    /// @param levelOne the hashes of tile level 1, one for each 256 sealed entries
    static LedgerTree ofSealed(byte[] levelOne, LeafTiles sealedLeaves) {
        int count = levelOne.length / Hash.BYTES;
        CompactRange range = new CompactRange();
        LedgerTree tree = new LedgerTree(sealedLeaves, range, (long) count * TILE);
        for (int i = 0; i < count; i++) {
            Hash hash = Hash.at(levelOne, i * Hash.BYTES);
            tree.keep(8, hash);
            range.appendNode(8, hash, (height, index, node) -> tree.keepAbove(8, height, node));
        }
        return tree;
    }

    /// Adds a leaf.
    synchronized void append(Hash leaf) {
        leaves.add(leaf);
        range.append(leaf, (height, index, node) -> keepAbove(0, height, node));
    }

    private void keepAbove(int added, int height, Hash node) {
        if (height > added && height % 8 == 0) {
            keep(height, node);
        }
    }

    private void keep(int height, Hash node) {
        int level = height / 8;
        while (upper.size() < level) {
            upper.add(new HashList());
        }
        upper.get(level - 1).add(node);
    }

    synchronized TreeHead head() {
        return range.head();
    }

    synchronized long size() {
        return range.size();
    }

    /// The root that the tree had at a size.
    Hash rootAt(long size) {
        return CompactRange.read(size, this).root();
    }

    /// `MTH(D[from:to])` of whole tiles.
    synchronized Hash rangeRoot(long from, long to) {
        CompactRange run = new CompactRange();
        for (long tile = from / TILE; tile < to / TILE; tile++) {
            run.appendNode(8, upper.get(0).get(Math.toIntExact(tile)));
        }
        return run.root();
    }

    /// Forgets the leaf hashes below a size, whose entries are sealed now.
    synchronized void seal(long to) {
        leaves.removeFirst(Math.toIntExact(to - base));
        base = to;
    }

    /// The number of hashes at a tile level in a tree of a size.
    static long hashes(int level, long size) {
        return 8 * level >= 63 ? 0 : size >>> 8 * level;
    }

    /// Consecutive hashes of one tile at a tile level, `count` times 32 bytes.
    byte[] tile(int level, long index, int count) throws IOException {
        long first = index * TILE;
        synchronized (this) {
            if (level > 0) {
                return upper.get(level - 1).copy(Math.toIntExact(first), count);
            }
            if (first >= base) {
                return leaves.copy(Math.toIntExact(first - base), count);
            }
        }
        Optional<byte[]> proven = proven(index);
        byte[] whole = proven.isPresent() ? proven.orElseThrow() : proveTile(index, sealedLeaves.leafTile(index));
        return java.util.Arrays.copyOf(whole, count * Hash.BYTES);
    }

    /// The leaf hashes of a tile of sealed entries, if they were proven not long ago.
    Optional<byte[]> proven(long index) {
        return proven.get(index);
    }

    /// Holds the leaf hashes of 256 sealed entries against the tree.
    ///
    /// @return the same, for the next who asks
    byte[] proveTile(long index, byte[] hashes) throws EntryUnavailableException {
        long first = index * TILE;
        Hash expected = levelHash(1, index);
        Hash found = TreeHasher.get().root(hashes, 0, TILE);
        if (!found.equals(expected)) {
            throw new EntryUnavailableException(
                    EntryUnavailableException.Cause.DAMAGED,
                    "entries " + first + " to " + (first + TILE - 1) + " hash to " + found + ", the tree has "
                            + expected);
        }
        proven.put(index, hashes);
        return hashes;
    }

    @Override
    public Hash completeNode(int height, long index) {
        int level = height / 8;
        int rest = height % 8;
        long first = index << rest;
        if (rest == 0 && level > 0) {
            return levelHash(level, index);
        }
        try {
            byte[] tile = tile(level, first / TILE, (int) (first % TILE) + (1 << rest));
            return TreeHasher.get().root(tile, (int) (first % TILE) * Hash.BYTES, 1 << rest);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private synchronized Hash levelHash(int level, long index) {
        return upper.get(level - 1).get(Math.toIntExact(index));
    }
}
