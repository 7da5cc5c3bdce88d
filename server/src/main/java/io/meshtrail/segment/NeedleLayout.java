package io.meshtrail.segment;

import io.meshtrail.proof.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The head of a sidecar, and where everything else is in it.
///
/// @param from the first leafIndex of the segment
/// @param to one more than the last
/// @param root the Merkle root of the segment: a sidecar belongs to these rows and no others
/// @param bucketBits how many bits of a hash number its bucket
/// @param entries how many entries there are
record NeedleLayout(long from, long to, Hash root, int bucketBits, int entries) {
    private static final byte[] MAGIC = "MTSIDE01".getBytes(StandardCharsets.US_ASCII);

    static final int HEAD = 64;
    static final int TRAILER = Hash.BYTES;

    /// Bits of a hash that an entry keeps, after those that number its bucket.
    static final int REMAINDER_BITS = 24;

    /// Not less, so that every sidecar of any size knows the first 32 bits of its hashes.
    static final int LEAST_BUCKET_BITS = 8;

    static final int MOST_BUCKET_BITS = 28;

    /// Entries of a bucket on average, at most.
    static final int BUCKET = 32;

    /// An entry that says: somewhere in the segment.
    static final int EVERYWHERE = 255;

    /// Rows of the smallest block.
    private static final int LEAST_BLOCK = 256;

    NeedleLayout {
        if (from < 0 || to <= from || bucketBits < LEAST_BUCKET_BITS || bucketBits > MOST_BUCKET_BITS || entries < 0) {
            throw new IllegalArgumentException("a sidecar from " + from + " to " + to + " with " + entries
                    + " entries, 2^" + bucketBits + " buckets");
        }
    }

    /// How many bits number the buckets of so many entries.
    static int bucketBits(int entries) {
        int bits = LEAST_BUCKET_BITS;
        while (bits < MOST_BUCKET_BITS && entries > (long) BUCKET << bits) {
            bits++;
        }
        return bits;
    }

    /// Rows of a block, such that a segment has at most 255.
    static long blockRows(long from, long to) {
        long rows = LEAST_BLOCK;
        while ((to - from + rows - 1) / rows > EVERYWHERE) {
            rows *= 2;
        }
        return rows;
    }

    /// Rows of a block.
    long blockRows() {
        return blockRows(from, to);
    }

    int buckets() {
        return 1 << bucketBits;
    }

    /// Where the number stands that says at which entry a bucket begins.
    long directoryAt(int bucket) {
        return HEAD + 4L * bucket;
    }

    long entryAt(int entry) {
        return HEAD + 4L * (buckets() + 1) + 4L * entry;
    }

    /// The length of the whole file.
    long bytes() {
        return entryAt(entries) + TRAILER;
    }

    int bucket(long hash) {
        return (int) (hash >>> 64 - bucketBits);
    }

    /// The bits that an entry keeps of a hash.
    int remainder(long hash) {
        return (int) (hash << bucketBits >>> 64 - REMAINDER_BITS);
    }

    void print(ByteBuffer target) {
        byte[] hash = new byte[Hash.BYTES];
        root.writeTo(hash, 0);
        target.put(MAGIC).putLong(from).putLong(to).put(hash).putInt(bucketBits).putInt(entries);
    }

    /// Reads the head of a file.
    ///
    /// @param head its first [#HEAD] bytes
    /// @return empty if it is none, or of another version
    static Optional<NeedleLayout> parse(ByteBuffer head) {
        byte[] magic = new byte[MAGIC.length];
        head.get(magic);
        long from = head.getLong();
        long to = head.getLong();
        byte[] root = new byte[Hash.BYTES];
        head.get(root);
        int bucketBits = head.getInt();
        int entries = head.getInt();
        try {
            return Arrays.equals(magic, MAGIC)
                    ? Optional.of(new NeedleLayout(from, to, Hash.at(root, 0), bucketBits, entries))
                    : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }
}
