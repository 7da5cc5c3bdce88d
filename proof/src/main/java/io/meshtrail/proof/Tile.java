package io.meshtrail.proof;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Up to 256 hashes of one tile level, 32 bytes each, one after the other (ledger spec 2.2). Immutable.
public final class Tile {
    private final byte[] hashes;

    private Tile(byte[] hashes) {
        this.hashes = hashes;
    }

    /// Takes the array as it is. Only for arrays that nobody else changes.
    static Tile owning(byte[] hashes) {
        return new Tile(hashes);
    }

    public static Tile of(List<Hash> hashes) {
        if (hashes.isEmpty() || hashes.size() > TilePath.FULL_WIDTH) {
            throw new IllegalArgumentException("no tile has " + hashes.size() + " hashes");
        }
        byte[] bytes = new byte[hashes.size() * Hash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).writeTo(bytes, i * Hash.BYTES);
        }
        return new Tile(bytes);
    }

    /// Reads a tile of exactly `width` hashes.
    public static Tile parse(byte[] bytes, int width) throws MalformedException {
        if (width < 1 || width > TilePath.FULL_WIDTH || bytes.length != width * Hash.BYTES) {
            throw new MalformedException(
                    "a tile of width " + width + " has " + (long) width * Hash.BYTES + " bytes, found " + bytes.length);
        }
        return new Tile(bytes.clone());
    }

    public int width() {
        return hashes.length / Hash.BYTES;
    }

    public Hash hash(int place) {
        return Hash.at(hashes, checked(place, place) * Hash.BYTES);
    }

    /// The first `width` hashes: a partial tile out of a fuller one.
    public Tile first(int width) {
        return new Tile(Arrays.copyOf(hashes, (checked(0, width - 1) + width) * Hash.BYTES));
    }

    /// The node of `2^height` hashes from `place` on, hashed pairwise (ledger spec 1.2).
    ///
    /// @param height 0 to 8, above the level of this tile
    /// @param place  a multiple of `2^height`
    public Hash node(int height, int place) {
        if (height < 0 || height > 8 || (place & ((1 << height) - 1)) != 0) {
            throw new IllegalArgumentException("no node of height " + height + " at place " + place + " of a tile");
        }
        checked(place, place + (1 << height) - 1);
        return TreeHasher.get().root(hashes, place * Hash.BYTES, 1 << height);
    }

    /// The hash of a full tile in the level above. A partial tile has none.
    public Hash root() {
        return node(8, 0);
    }

    /// Where two tiles first differ, a missing hash included.
    public OptionalInt firstDifference(Tile other) {
        int at = Arrays.mismatch(hashes, other.hashes);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at / Hash.BYTES);
    }

    /// A copy of the bytes as served.
    public byte[] bytes() {
        return hashes.clone();
    }

    /// Lets a compact range take all hashes without copies.
    void appendTo(CompactRange range) {
        for (int at = 0; at < hashes.length; at += Hash.BYTES) {
            range.append(hashes, at);
        }
    }

    private int checked(int first, int last) {
        if (first < 0 || last < first || last >= width()) {
            throw new IllegalArgumentException("no hashes " + first + " to " + last + " in a tile of width " + width());
        }
        return first;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tile that && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "tile of " + width() + " hashes";
    }
}
