package io.meshtrail.proof;

/// Complete nodes out of the tiles of a ledger of some size (ledger spec 1.2): a node of height h is rebuilt
/// from the
/// tile level h / 8, so that at most 255 hashes are joined for it.
public final class TileHashReader implements HashReader {
    private static final int TILE_HEIGHT = 8;

    private final TileLayout layout;
    private final TileSource tiles;

    /// @param treeSize decides which tiles are asked for as partial ones
    public TileHashReader(long treeSize, TileSource tiles) {
        this.layout = new TileLayout(treeSize);
        this.tiles = tiles;
    }

    @Override
    public Hash completeNode(int height, long index) {
        int above = height % TILE_HEIGHT;
        int level = height / TILE_HEIGHT;
        long place = index << above;
        TilePath path = layout.tile(level, place >>> TILE_HEIGHT)
                .orElseThrow(() -> new IllegalArgumentException("a tree of " + layout.treeSize()
                        + " entries has no node of height " + height + ", index " + index));
        return tiles.tile(path).node(above, (int) (place & 255));
    }
}
