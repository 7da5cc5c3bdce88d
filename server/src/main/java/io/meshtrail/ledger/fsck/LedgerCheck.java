package io.meshtrail.ledger.fsck;

import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Rebuilds one ledger's tree from its rows and its journal, and holds everything that is known about it
/// against that: key, checkpoints, segments, tiles. One instance is one run.
final class LedgerCheck {
    private final DataFolder folder;
    private final String name;
    private final List<Segment> segments;
    private final Remembered remembered;
    private final EntryListener listener;

    private final Findings findings;
    private final HeadClaims claims;
    private final RebuiltTree tree;

    /// Whether all entries so far could be read; if not, the tree says nothing about what comes after.
    private boolean whole = true;

    private long published;

    /// @param remembered checkpoints that somebody kept elsewhere
    LedgerCheck(DataFolder folder, String name, List<Segment> segments, Remembered remembered, EntryListener listener) {
        this.folder = folder;
        this.name = name;
        this.segments = segments;
        this.remembered = remembered;
        this.listener = listener;
        this.findings = new Findings(name);
        this.claims = new HeadClaims(folder, findings);
        this.tree = new RebuiltTree(claims);
    }

    List<Finding> findings() {
        return findings.all();
    }

    /// Everything at once.
    FsckReport.CheckedLedger check(Statements statements) throws IOException {
        begin(statements);
        new SegmentPass(folder, listener).read(segments, claims.sizes(), this::segment);
        return end(statements);
    }

    /// The first step: what is claimed.
    void begin(Statements statements) throws IOException {
        published = claimed(statements);
        claims.reached(new CompactRange());
        if (!new PrunedCheck(folder, name, statements.history(), findings).check(segments, tree)) {
            whole = false;
        }
        if (folder.looksAt(Mechanism.SEALS)) {
            segments.forEach(segment -> SealStatement.check(statements, segment, findings));
        }
    }

    /// One step for each segment, in order.
    void step(int place) {
        segment(new SegmentPass(folder, listener).read(segments.get(place), claims.sizes()));
    }

    /// The last step: tiles, the journal, and what is claimed beyond them.
    FsckReport.CheckedLedger end(Statements statements) throws IOException {
        long sealed = segments.isEmpty() ? 0 : segments.getLast().to();
        if (whole && folder.looksAt(Mechanism.TILES)) {
            new TileCheck(folder, name, findings).check(sealed, tree);
        }
        long torn = whole ? journal(sealed) : 0;
        if (whole) {
            ended(statements, published);
        }
        return new FsckReport.CheckedLedger(
                name, tree.head(), published, segments.size(), sealed, tree.size() - sealed, claims.count(), torn);
    }

    /// Collects the heads that the checkpoint file, `root` and those who remember claim; returns the
    /// published size.
    private long claimed(Statements statements) throws IOException {
        Optional<VerifierKey> found = LedgerKey.read(folder, name, statements, findings);
        if (found.isEmpty()) {
            return 0;
        }
        VerifierKey key = found.orElseThrow();
        epochs(statements, key);
        RecentCheck.check(folder.disk(), folder.path(), name, findings);
        for (Statements.Stated stated : statements.checkpointsOf(name)) {
            claims.add(stated.get("checkpoint").getBytes(StandardCharsets.UTF_8), key, "root/" + stated.rootIndex());
        }
        remembered.of(key).forEach(kept -> claims.add(kept.note().bytes(), key, kept.file()));
        if (!folder.disk().exists(folder.of(checkpointFile()))) {
            findings.add(0, 0, checkpointFile(), "there is none, although the ledger exists");
            return 0;
        }
        Optional<Checkpoint> shown = claims.add(folder.disk().read(folder.of(checkpointFile())), key, checkpointFile());
        WitnessedCheck.check(folder, name, key, statements.policies(), claims, findings);
        long recorded = statements.largestCheckpoint(name, key.name());
        if (shown.isPresent() && !shown.orElseThrow().origin().equals(key.name())) {
            findings.add(0, 0, checkpointFile(), "the checkpoint is not of " + key.name());
        }
        if (shown.isPresent() && shown.orElseThrow().treeSize() < recorded) {
            // The data folder gets a checkpoint before root does, so only another hand puts an older one
            // there: it would hide that younger entries are cut off.
            findings.add(
                    shown.orElseThrow().treeSize(),
                    recorded,
                    checkpointFile(),
                    "the checkpoint has size " + shown.orElseThrow().treeSize() + ", but root has one of size "
                            + recorded + " on record");
        }
        return shown.map(Checkpoint::treeSize).orElse(0L);
    }

    /// The epochs that were closed, and what is remembered of them.
    private void epochs(Statements statements, VerifierKey key) throws IOException {
        EpochCheck closed = EpochCheck.of(folder.disk(), folder.path(), name, statements, findings);
        claims.closed(closed);
        statements.closingsOf(name).forEach(claims::survived);
        closed.checkpoints().forEach((file, bytes) -> claims.add(bytes, key, file));
        closed.keys()
                .forEach(old -> remembered
                        .of(old)
                        .forEach(kept -> claims.add(kept.note().bytes(), key, kept.file())));
    }

    private String checkpointFile() {
        return "ledger/" + name + "/checkpoint";
    }

    private void segment(SegmentPass.Outcome outcome) {
        Segment segment = outcome.segment();
        if (whole && segment.from() != tree.size()) {
            findings.add(
                    Math.min(tree.size(), segment.from()),
                    Math.max(tree.size(), segment.from()),
                    "manifest",
                    segment.from() > tree.size()
                            ? "no segment has these entries"
                            : "more than one segment has these entries");
            whole = false;
        }
        if (outcome.leaves().isEmpty()) {
            findings.add(segment.from(), segment.to(), DataFolder.file(segment), outcome.wrong());
            whole = false;
        } else if (whole) {
            tree.append(outcome.leaves().orElseThrow());
        }
    }

    private long journal(long sealed) throws IOException {
        try {
            return new JournalPass(folder, name, findings, listener).read(sealed, tree);
        } catch (JournalPass.UnreadableException damaged) {
            whole = false;
            return 0;
        }
    }

    /// All entries that are here are in the tree: nothing may be claimed beyond them.
    private void ended(Statements statements, long published) {
        claims.ended(tree.size(), checkpointFile());
        if (tree.size() > 0 && statements.key(name).isEmpty() && !name.equals(LedgerSettings.ROOT)) {
            findings.add(0, tree.size(), "ledger/" + name, "root does not say that this ledger was opened");
        }
        if (tree.size() < published && folder.looksAt(Mechanism.SIZES)) {
            findings.add(
                    tree.size(),
                    published,
                    "journal/" + name,
                    "the checkpoint says " + published + " entries, " + tree.size() + " are here");
        }
    }
}
