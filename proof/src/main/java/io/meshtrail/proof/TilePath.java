package io.meshtrail.proof;

/// The name of one static resource of a ledger under its URL prefix (C2SP tlog-tiles, ledger spec 2.1): a
/// tile of 256
/// hashes or an entry bundle, full or partial.
///
/// ```
/// tile/0/x001/x234/067        level 0, index 1234067, full
/// tile/1/001.p/17             level 1, index 1, the first 17 hashes
/// tile/entries/273.p/112      the entries 69888 to 69999
/// ```
///
/// @param level [#ENTRIES] for a bundle, else 0 (leaf hashes) to 63
/// @param index 0-based place among the tiles of its level
/// @param width 1 to 256; less than 256 is a partial tile
public record TilePath(int level, long index, int width) {
    /// The level of entry bundles.
    public static final int ENTRIES = -1;

    /// Hashes in a full tile, entries in a full bundle.
    public static final int FULL_WIDTH = 256;

    private static final int MAX_LEVEL = 63;

    /// The last level-0 tile of the largest tree.
    private static final long MAX_INDEX = (1L << 55) - 1;

    private static final String START = "tile/";
    private static final String PARTIAL = ".p/";
    private static final int MAX_CHARACTERS = 64;

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || index > MAX_INDEX || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException("no tile of level " + level + ", index " + index + ", width " + width);
        }
    }

    /// A full or partial tile of hashes.
    public static TilePath hashes(int level, long index, int width) {
        if (level < 0) {
            throw new IllegalArgumentException("no hash tile has level " + level);
        }
        return new TilePath(level, index, width);
    }

    /// A full or partial entry bundle; bundle N holds the entries whose hashes are in level-0 tile N.
    public static TilePath entries(long index, int width) {
        return new TilePath(ENTRIES, index, width);
    }

    /// Reads the part of a URL after the prefix, without a leading slash. What is read is written again and
    /// compared,
    /// so that each resource has exactly one name and nothing else ever reaches a file system.
    public static TilePath parse(String path) throws MalformedException {
        if (path.length() > MAX_CHARACTERS) {
            throw refusal(path);
        }
        TilePath parsed = parseParts(path);
        if (!parsed.toString().equals(path)) {
            throw refusal(path);
        }
        return parsed;
    }

    private static TilePath parseParts(String path) throws MalformedException {
        int levelEnd = path.indexOf('/', START.length());
        if (!path.startsWith(START) || levelEnd < 0) {
            throw refusal(path);
        }
        String levelText = path.substring(START.length(), levelEnd);
        int level = levelText.equals("entries") ? ENTRIES : (int) number(levelText, MAX_LEVEL, path);
        int widthStart = path.indexOf(PARTIAL, levelEnd);
        String indexText = path.substring(levelEnd + 1, widthStart < 0 ? path.length() : widthStart);
        long index = number(canonicalIndex(indexText), MAX_INDEX, path);
        if (widthStart < 0) {
            return new TilePath(level, index, FULL_WIDTH);
        }
        int width = (int) number(path.substring(widthStart + PARTIAL.length()), FULL_WIDTH - 1, path);
        if (width == 0) {
            throw refusal(path);
        }
        return new TilePath(level, index, width);
    }

    /// `x001/x234/067` as `1234067`. Anything odd in it shows when the path is written again.
    private static String canonicalIndex(String text) {
        String digits = text.replace("x", "").replace("/", "");
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.substring(zeros);
    }

    private static long number(String digits, long max, String path) throws MalformedException {
        long number = Decimal.parse(digits, "a number in tile path " + Shown.of(path));
        if (number > max) {
            throw refusal(path);
        }
        return number;
    }

    private static MalformedException refusal(String path) {
        return new MalformedException("not a canonical tile path: " + Shown.of(path));
    }

    public boolean isEntries() {
        return level == ENTRIES;
    }

    public boolean isFull() {
        return width == FULL_WIDTH;
    }

    /// The same tile once it is complete.
    public TilePath full() {
        return new TilePath(level, index, FULL_WIDTH);
    }

    /// One past the last leafIndex that the full tile covers: when that is not above a ledger's minimum index,
    /// pruning may have taken it (ledger spec 2.9). At most 2^63-1.
    public long endIndex() {
        return times256PowerOfLevel(index + 1);
    }

    /// The first leafIndex that the tile covers; at most 2^63-1.
    public long startIndex() {
        return times256PowerOfLevel(index);
    }

    private long times256PowerOfLevel(long tiles) {
        int height = 8 * (Math.max(level, 0) + 1);
        if (tiles == 0) {
            return 0;
        }
        return height > 62 || tiles > (Long.MAX_VALUE >> height) ? Long.MAX_VALUE : tiles << height;
    }

    /// The path, without a leading slash.
    @Override
    public String toString() {
        StringBuilder groups = new StringBuilder(String.format("%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, String.format("x%03d/", rest % 1000));
        }
        return START + (isEntries() ? "entries" : level) + '/' + groups + (isFull() ? "" : PARTIAL + width);
    }
}
