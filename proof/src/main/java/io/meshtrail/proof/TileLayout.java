package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which tiles and bundles a ledger of some size consists of (ledger spec 2.4).
public record TileLayout(long treeSize) {
    public TileLayout {
        if (treeSize < 0) {
            throw new IllegalArgumentException("tree size " + treeSize + " is negative");
        }
    }

    /// The number of tile levels; 0 for the empty tree.
    public int levels() {
        int levels = 0;
        while (levels < 8 && treeSize >>> (8 * levels) > 0) {
            levels++;
        }
        return levels;
    }

    /// How many hashes there are at a tile level.
    public long hashes(int level) {
        return level > 7 ? 0 : treeSize >>> (8 * level);
    }

    public long fullTiles(int level) {
        return hashes(level) >>> 8;
    }

    /// The width of the tile after the full ones; 0 if there is none.
    public int partialWidth(int level) {
        return (int) (hashes(level) & 255);
    }

    /// The tile of this place as it is at this size: full, partial, or nothing.
    public Optional<TilePath> tile(int level, long index) {
        return width(level, index).map(width -> TilePath.hashes(level, index, width));
    }

    /// The bundle of this place as it is at this size.
    public Optional<TilePath> entries(long index) {
        return width(0, index).map(width -> TilePath.entries(index, width));
    }

    private Optional<Integer> width(int level, long index) {
        long full = fullTiles(level);
        if (index < full) {
            return Optional.of(TilePath.FULL_WIDTH);
        }
        int partial = partialWidth(level);
        return index == full && partial > 0 ? Optional.of(partial) : Optional.empty();
    }

    /// Everything partial that must be there while this size is the published one: a bundle, if the last is
    /// not full,
    /// and a tile at each level whose last is not.
    public List<TilePath> partials() {
        List<TilePath> partials = new ArrayList<>();
        if (partialWidth(0) > 0) {
            partials.add(TilePath.entries(fullTiles(0), partialWidth(0)));
        }
        for (int level = 0; level < levels(); level++) {
            if (partialWidth(level) > 0) {
                partials.add(TilePath.hashes(level, fullTiles(level), partialWidth(level)));
            }
        }
        return partials;
    }
}
