package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.ledger.Hold;
import io.meshtrail.ledger.Pruning;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.ledger.TileFiles;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TilePath;
import io.meshtrail.segment.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// The pruned beginning of one ledger: the hashes of it that must still be here, and the statements of `root` that
/// must account for it.
final class PrunedCheck {
    private static final int TILE = TilePath.FULL_WIDTH;

    private final DataFolder folder;
    private final String ledger;
    private final RetentionHistory history;
    private final Findings findings;

    PrunedCheck(DataFolder folder, String ledger, RetentionHistory history, Findings findings) {
        this.folder = folder;
        this.ledger = ledger;
        this.history = history;
        this.findings = findings;
    }

    /// Brings the hashes of what is gone into the tree.
    ///
    /// @return whether they are all there
    boolean check(List<Segment> segments, RebuiltTree tree) throws IOException {
        long begin = segments.isEmpty() ? 0 : segments.getFirst().from();
        if (begin > 0) {
            byte[] hashes = hashes(segments);
            for (int at = 0; at < hashes.length; at += Hash.BYTES) {
                tree.appendTile(Hash.at(hashes, at));
            }
        }
        if (folder.looksAt(Mechanism.PRUNINGS)) {
            statements(begin);
        }
        return tree.size() == begin;
    }

    /// The hashes of tile level 1 over the entries that are gone, as the tiles have them; fewer, and a finding, if
    /// one cannot be read. Where a statement says the root of a range, they must give it.
    private byte[] hashes(List<Segment> segments) throws IOException {
        Disk disk = folder.disk();
        TileFiles files = new TileFiles(disk, folder.of("ledger").resolve(ledger));
        long begin = segments.getFirst().from();
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (TilePath path : TileFiles.paths(segments.getLast().to())) {
            if (path.level() == 1 && path.index() * TILE * TILE < begin) {
                byte[] tile = disk.exists(files.file(path)) ? disk.read(files.file(path)) : new byte[0];
                if (tile.length != path.width() * Hash.BYTES) {
                    add(
                            path.index() * TILE * TILE,
                            begin,
                            "ledger/" + ledger + "/" + path,
                            "the tile has " + tile.length + " bytes, expected " + path.width() * Hash.BYTES);
                    break;
                }
                hashes.writeBytes(tile);
            }
        }
        byte[] all = hashes.toByteArray();
        byte[] gone = Arrays.copyOf(all, (int) Math.min(all.length, begin / TILE * Hash.BYTES));
        for (Pruning pruning : folder.looksAt(Mechanism.PRUNINGS) ? history.prunings(ledger) : List.<Pruning>of()) {
            if (pruning.to() / TILE * Hash.BYTES <= gone.length && pruning.from() % TILE == 0) {
                compare(pruning, gone);
            }
        }
        return gone;
    }

    private void compare(Pruning pruning, byte[] hashes) {
        CompactRange range = new CompactRange();
        for (long at = pruning.from() / TILE; at < pruning.to() / TILE; at++) {
            range.appendNode(8, Hash.at(hashes, (int) at * Hash.BYTES));
        }
        if (!range.root().base64().equals(pruning.root())) {
            add(
                    pruning.from(),
                    pruning.to(),
                    "ledger/" + ledger + "/" + TilePath.hashes(1, pruning.from() / TILE / TILE, TILE),
                    "root/" + pruning.rootIndex() + " pruned entries with root " + pruning.root() + ", the tiles have "
                            + range.root());
        }
    }

    /// Everything below `begin` must be under a statement, and no statement against term or hold.
    private void statements(long begin) {
        long at = 0;
        for (Pruning pruning : history.prunings(ledger)) {
            if (pruning.from() == at && at < begin) {
                at = pruning.to();
            }
        }
        if (at != begin && begin > 0) {
            add(
                    Math.min(at, begin),
                    Math.max(at, begin),
                    "manifest",
                    "pruned too early or without record: the segments begin at " + begin
                            + ", and root has prunings of all before " + at);
        }
        for (RetentionHistory.Contradiction wrong : history.contradictions()) {
            if (wrong.ledger().equals(ledger)) {
                add(wrong.from(), wrong.to(), "root/" + wrong.rootIndex(), wrong.words());
            }
        }
        for (Hold hold : history.holds()) {
            long from = Math.max(hold.from(), hold.minimums().getOrDefault(ledger, 0L));
            long to = Math.min(hold.to(), begin);
            if (hold.isWithoutQuery() && from < to && hold.meets(ledger, from, to)) {
                add(
                        from,
                        to,
                        "manifest",
                        "hold " + hold.id() + " of case " + hold.caseName() + " (root/" + hold.rootIndex()
                                + ") keeps these entries, and they are gone");
            }
        }
    }

    private void add(long from, long to, String file, String words) {
        findings.add(from, to, file, words);
    }
}
