package io.meshtrail.segment;

import io.meshtrail.proof.Hash;

/// A sealed, contiguous range of one ledger in one Parquet file.
///
/// @param ledger the ledger's name
/// @param from the first leafIndex, a multiple of 256
/// @param to one more than the last, a multiple of 256
/// @param root the Merkle root of the range, RFC 6962 MTH(D[from:to])
/// @param file the file's name below `segments/<ledger>/`
/// @param bytes its length
/// @param sha256 of the whole file
/// @param firstTime the smallest event time in nanoseconds since 1970
/// @param lastTime the largest
public record Segment(
        String ledger,
        long from,
        long to,
        Hash root,
        String file,
        long bytes,
        Hash sha256,
        long firstTime,
        long lastTime) {
    public Segment {
        if (from < 0 || to <= from || from % 256 != 0 || to % 256 != 0) {
            throw new IllegalArgumentException("segment of " + ledger + " from " + from + " to " + to);
        }
    }

    public long size() {
        return to - from;
    }
}
