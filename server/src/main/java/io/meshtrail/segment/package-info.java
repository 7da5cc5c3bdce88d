/// Sealed rows that prove themselves: Parquet files, each a contiguous range of one ledger, and the manifest
/// that lists the live ones.
///
/// In: rows and the Merkle root that they must have. Out: segments, and entries read back from them. Always:
/// a segment is in the manifest only after its rows, decoded and encoded again, gave the ledger's root of its
/// range. Start at [Segment], then [Sealer], then [Manifest].
@NullMarked
package io.meshtrail.segment;

import org.jspecify.annotations.NullMarked;
