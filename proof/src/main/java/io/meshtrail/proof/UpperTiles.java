package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// Compares the tiles above level 0 with what the entries lead to, each when its last hash is known. They serve
/// proofs, so a wrong one would make true entries look false.
final class UpperTiles implements NodeSink {
    private static final int TILE_HEIGHT = 8;

    private final RemoteLedger ledger;
    private final TileLayout layout;

    /// Per level, from 1 on: the hashes of the tile that is being filled, and the place of the first of them.
    private final List<List<Hash>> hashes = new ArrayList<>();

    private final long[] firstPlace = new long[8];

    UpperTiles(RemoteLedger ledger, TileLayout layout) {
        this.ledger = ledger;
        this.layout = layout;
        for (int level = 0; level < 8; level++) {
            hashes.add(new ArrayList<>());
        }
    }

    @Override
    public void node(int height, long index, Hash hash) {
        int level = height / TILE_HEIGHT;
        if (height % TILE_HEIGHT != 0 || level == 0) {
            return;
        }
        if (hashes.get(level).isEmpty()) {
            firstPlace[level] = index;
        }
        hashes.get(level).add(hash);
        if ((index & 255) == 255) {
            compare(level);
        }
    }

    /// Compares the partial tiles on the right edge.
    void finish() {
        for (int level = 1; level < layout.levels(); level++) {
            compare(level);
        }
    }

    private void compare(int level) {
        List<Hash> made = hashes.get(level);
        if (made.isEmpty()) {
            return;
        }
        TilePath path = layout.tile(level, firstPlace[level] >>> TILE_HEIGHT).orElseThrow();
        Tile served = VerifyUrl.fetchTile(ledger, path);
        for (int i = 0; i < made.size(); i++) {
            long place = firstPlace[level] + i;
            Hash found = served.hash((int) (place & 255));
            if (!found.equals(made.get(i))) {
                long first = place << (TILE_HEIGHT * level);
                long end = (place + 1) << (TILE_HEIGHT * level);
                throw new VerifyUrl.Stop(new VerifyUrl.Result.Broken(
                        ledger.url(path),
                        first,
                        end,
                        "entries " + first + " to " + (end - 1) + " lead to the hash " + made.get(i)
                                + ", the tile of level " + level + " has " + found));
            }
        }
        made.clear();
    }
}
