package io.meshtrail.ledger.fsck;

import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TilePath;
import io.meshtrail.proof.TreeHead;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A ledger's tree as its entries give it, with the hashes of the tile levels from 1 up: an eighth of a byte an
/// entry. Whoever watches sees each head that the tree passes, as far as he said that he would ask for it.
final class RebuiltTree {
    private final CompactRange range = new CompactRange();
    private final Map<Integer, ByteArrayOutputStream> levels = new HashMap<>();
    private final HeadClaims claims;

    RebuiltTree(HeadClaims claims) {
        this.claims = claims;
    }

    /// Adds one entry.
    void append(Hash leaf) {
        range.append(leaf, (height, index, node) -> keep(height, node));
        claims.reached(range);
    }

    /// Adds 256 entries of which only the hash is left.
    void appendTile(Hash root) {
        range.appendNode(8, root, (height, index, node) -> keep(height, node));
        claims.reached(range);
    }

    /// Adds the entries of a segment: whole tiles at once, where no head inside is asked for.
    void append(SegmentLeaves leaves) {
        for (int tile = 0; tile < leaves.tiles(); tile++) {
            Optional<byte[]> hashes = leaves.leavesOf(tile);
            if (hashes.isEmpty()) {
                range.appendNode(8, leaves.tileRoot(tile), (height, index, node) -> keep(height, node));
                claims.reached(range);
            } else {
                byte[] each = hashes.orElseThrow();
                for (int at = 0; at < each.length; at += Hash.BYTES) {
                    append(Hash.at(each, at));
                }
            }
        }
    }

    private void keep(int height, Hash node) {
        if (height > 0 && height % 8 == 0) {
            levels.computeIfAbsent(height / 8, level -> new ByteArrayOutputStream())
                    .writeBytes(node.bytes());
        }
    }

    long size() {
        return range.size();
    }

    TreeHead head() {
        return range.head();
    }

    /// The hashes that a tile of level 1 or more must have; nothing if the tree does not reach that far.
    Optional<byte[]> tile(TilePath path) {
        byte[] all = Optional.ofNullable(levels.get(path.level()))
                .map(ByteArrayOutputStream::toByteArray)
                .orElse(new byte[0]);
        long from = path.index() * TilePath.FULL_WIDTH * Hash.BYTES;
        long to = from + (long) path.width() * Hash.BYTES;
        return to > all.length ? Optional.empty() : Optional.of(Arrays.copyOfRange(all, (int) from, (int) to));
    }
}
