package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A whole ledger in memory: entries in, tiles and bundles of any width out.
final class TileFolder implements TileSource {
    private final CompactRange range = new CompactRange();
    private final List<byte[]> entries = new ArrayList<>();
    private final Map<Integer, List<Hash>> levels = new TreeMap<>();

    void append(byte[] entry) {
        entries.add(entry);
        range.append(Hash.leaf(entry), (height, index, hash) -> {
            if (height % 8 == 0) {
                levels.computeIfAbsent(height / 8, level -> new ArrayList<>()).add(hash);
            }
        });
    }

    long size() {
        return range.size();
    }

    TreeHead head() {
        return range.head();
    }

    @Override
    public Tile tile(TilePath path) {
        int first = Math.toIntExact(path.index() * 256);
        return Tile.of(Objects.requireNonNull(levels.get(path.level())).subList(first, first + path.width()));
    }

    EntryBundle bundle(TilePath path) {
        int first = Math.toIntExact(path.index() * 256);
        return EntryBundle.of(entries.subList(first, first + path.width()));
    }

    /// The bytes served under a path.
    byte[] bytes(TilePath path) {
        return path.isEntries() ? bundle(path).bytes() : tile(path).bytes();
    }
}
