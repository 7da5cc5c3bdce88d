package io.meshtrail.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The last level-0 tiles of sealed entries that were recomputed from rows and found to be those of the
/// tree. Who walks a ledger asks for each bundle and then for its tile: so the entries are hashed once
/// for both.
///
/// 512 tiles are 4 MiB. Any thread.
final class ProvenTiles {
    private static final int KEPT = 512;

    private final Map<Long, byte[]> tiles = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > KEPT;
        }
    };

    /// The 256 leaf hashes of a tile; not to be changed.
    synchronized Optional<byte[]> get(long tileIndex) {
        return Optional.ofNullable(tiles.get(tileIndex));
    }

    synchronized void put(long tileIndex, byte[] hashes) {
        tiles.put(tileIndex, hashes);
    }
}
