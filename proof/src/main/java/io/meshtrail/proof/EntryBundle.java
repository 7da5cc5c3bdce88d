package io.meshtrail.proof;

import java.util.Arrays;
import java.util.List;

/// Up to 256 entries, each as a big-endian 16-bit length and its bytes (ledger spec 2.3). Bundle N matches
/// level-0
/// tile N. Immutable.
public final class EntryBundle {
    /// The longest entry that the length can tell.
    public static final int MAX_ENTRY_BYTES = 65_535;

    /// The longest full bundle.
    public static final int MAX_BYTES = TilePath.FULL_WIDTH * (2 + MAX_ENTRY_BYTES);

    private final byte[] bytes;

    /// Where each entry starts, its length not included; one more for the end.
    private final int[] starts;

    private EntryBundle(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    public static EntryBundle of(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > TilePath.FULL_WIDTH) {
            throw new IllegalArgumentException("no bundle has " + entries.size() + " entries");
        }
        int total = 0;
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException(
                        "an entry of " + entry.length + " bytes is above the limit of " + MAX_ENTRY_BYTES);
            }
            total += 2 + entry.length;
        }
        byte[] bytes = new byte[total];
        int at = 0;
        for (byte[] entry : entries) {
            bytes[at++] = (byte) (entry.length >>> 8);
            bytes[at++] = (byte) entry.length;
            System.arraycopy(entry, 0, bytes, at, entry.length);
            at += entry.length;
        }
        return owning(bytes, entries.size());
    }

    /// Reads exactly `count` entries and nothing after them.
    public static EntryBundle parse(byte[] bytes, int count) throws MalformedException {
        if (count < 1 || count > TilePath.FULL_WIDTH) {
            throw new MalformedException("no bundle has " + count + " entries");
        }
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (bytes.length - at < 2 || bytes.length - at - 2 < length(bytes, at)) {
                throw new MalformedException("bundle of " + bytes.length + " bytes ends inside entry " + i + " of "
                        + count + ", which starts at byte " + at);
            }
            at += 2 + length(bytes, at);
        }
        if (at != bytes.length) {
            throw new MalformedException(
                    "bundle has " + (bytes.length - at) + " bytes after its " + count + " entries");
        }
        return owning(bytes.clone(), count);
    }

    /// For bytes that are known to hold `count` entries.
    private static EntryBundle owning(byte[] bytes, int count) {
        int[] starts = new int[count + 1];
        for (int i = 0, at = 0; i < count; i++) {
            starts[i] = at;
            at += 2 + length(bytes, at);
        }
        starts[count] = bytes.length;
        return new EntryBundle(bytes, starts);
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    public int count() {
        return starts.length - 1;
    }

    /// A copy of one entry.
    public byte[] entry(int place) {
        if (place < 0 || place >= count()) {
            throw new IllegalArgumentException("no entry " + place + " in a bundle of " + count());
        }
        return Arrays.copyOfRange(bytes, starts[place] + 2, starts[place + 1]);
    }

    /// The first `count` entries: a partial bundle out of a fuller one.
    public EntryBundle first(int count) {
        if (count < 1 || count > count()) {
            throw new IllegalArgumentException("no first " + count + " entries in a bundle of " + count());
        }
        return owning(Arrays.copyOf(bytes, starts[count]), count);
    }

    /// The level-0 tile that belongs to these entries: each one hashed again.
    public Tile leafHashes() {
        TreeHasher hasher = TreeHasher.get();
        byte[] hashes = new byte[count() * Hash.BYTES];
        for (int i = 0; i < count(); i++) {
            hasher.leaf(bytes, starts[i] + 2, starts[i + 1] - starts[i] - 2, hashes, i * Hash.BYTES);
        }
        return Tile.owning(hashes);
    }

    /// A copy of the bytes as served.
    public byte[] bytes() {
        return bytes.clone();
    }
}
