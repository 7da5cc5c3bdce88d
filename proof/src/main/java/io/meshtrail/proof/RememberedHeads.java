package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tree heads of one ledger that were verified earlier, by size. History is what it was if the growing
/// tree passes each of them (ledger spec 1.7).
final class RememberedHeads {
    private final TreeMap<Long, List<Hash>> roots = new TreeMap<>();

    /// The head of the empty tree says nothing and is left out.
    RememberedHeads(List<TreeHead> heads) {
        for (TreeHead head : heads) {
            if (head.treeSize() > 0) {
                roots.computeIfAbsent(head.treeSize(), size -> new ArrayList<>())
                        .add(head.root());
            }
        }
    }

    /// The largest.
    Optional<Long> largest() {
        return roots.isEmpty() ? Optional.empty() : Optional.of(roots.lastKey());
    }

    /// Those below a size, smallest first.
    List<TreeHead> below(long size) {
        List<TreeHead> below = new ArrayList<>();
        for (Map.Entry<Long, List<Hash>> each : roots.headMap(size).entrySet()) {
            each.getValue().forEach(root -> below.add(new TreeHead(each.getKey(), root)));
        }
        return below;
    }

    /// Whether one lies strictly between two sizes.
    boolean isInside(long from, long to) {
        return !roots.subMap(from, false, to, false).isEmpty();
    }

    /// A remembered root of this size that is not the one given.
    Optional<Hash> contradicted(CompactRange tree) {
        List<Hash> here = roots.getOrDefault(tree.size(), List.of());
        if (here.isEmpty()) {
            return Optional.empty();
        }
        Hash root = tree.root();
        return here.stream().filter(each -> !each.equals(root)).findFirst();
    }
}
