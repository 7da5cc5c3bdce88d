package io.meshtrail.segment;

import io.meshtrail.proof.Hash;
import java.util.Optional;

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
/// @param sidecar what is on record of the sidecar; empty for segments of a version that made none
public record Segment(
        String ledger,
        long from,
        long to,
        Hash root,
        String file,
        long bytes,
        Hash sha256,
        long firstTime,
        long lastTime,
        Optional<Sidecar> sidecar) {
    public Segment {
        if (from < 0 || to <= from || from % 256 != 0 || to % 256 != 0) {
            throw new IllegalArgumentException("segment of " + ledger + " from " + from + " to " + to);
        }
    }

    /// A segment without a sidecar on record.
    public Segment(
            String ledger,
            long from,
            long to,
            Hash root,
            String file,
            long bytes,
            Hash sha256,
            long firstTime,
            long lastTime) {
        this(ledger, from, to, root, file, bytes, sha256, firstTime, lastTime, Optional.empty());
    }

    public long size() {
        return to - from;
    }
}
