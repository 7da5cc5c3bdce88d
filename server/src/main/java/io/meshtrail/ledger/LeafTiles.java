package io.meshtrail.ledger;

import java.io.IOException;

/// Where the leaf hashes of sealed entries come from: they are computed from the rows, not stored.
interface LeafTiles {
    /// The 256 leaf hashes of a full level-0 tile of sealed entries, 8,192 bytes.
    byte[] leafTile(long tileIndex) throws IOException;
}
