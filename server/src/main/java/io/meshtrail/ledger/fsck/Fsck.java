package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.TileFiles;
import io.meshtrail.segment.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/// Checks a data folder: every entry is hashed again, every tree rebuilt, and every file held against what
/// `root`, the
/// manifest and the checkpoints say of it.
public final class Fsck {
    /// A server beside us may seal while we read; what then looks wrong is looked at again, so often.
    private static final int TRIES = 5;

    private final DataFolder folder;
    private final Remembered remembered;
    private final Progress progress;
    private final AtomicLong done = new AtomicLong();
    private long total;

    /// What `root` states, as of the manifest that was read before it.
    private Statements statements = new Statements();
    private Manifest statedUnder = Manifest.EMPTY;

    /// Checks with the calling thread alone, and with nothing remembered.
    public Fsck(Disk disk, Path data, SegmentEntries rows, JournalInspector journals, Progress progress) {
        this(disk, data, rows, journals, Runnable::run, Remembered.NOTHING, progress);
    }

    /// @param rows called from as many threads as there are workers
    /// @param workers run the reading of segments
    /// @param remembered checkpoints that somebody kept outside, which must be heads of the ledgers here
    public Fsck(
            Disk disk,
            Path data,
            SegmentEntries rows,
            JournalInspector journals,
            Executor workers,
            Remembered remembered,
            Progress progress) {
        this(new DataFolder(disk, data, rows, journals, workers), remembered, progress);
    }

    Fsck(DataFolder folder, Remembered remembered, Progress progress) {
        this.folder = folder;
        this.remembered = remembered;
        this.progress = progress;
    }

    /// @throws IOException if the folder holds no ledgers or cannot be read at all
    public FsckReport run() throws IOException {
        List<String> names = folder.disk().listFolders(folder.of("ledger")).stream()
                .map(each -> String.valueOf(each.getFileName()))
                .toList();
        if (names.isEmpty()) {
            throw new IOException(folder.path() + " is no data folder: it has no ledger/");
        }
        List<Finding> findings = new ArrayList<>();
        List<FsckReport.CheckedLedger> ledgers = new ArrayList<>();
        Optional<Manifest> manifest = manifest(findings);
        total = manifest.map(Fsck::entries).orElse(0L);
        BlobCheck blobs = new BlobCheck(folder.disk(), folder.path());
        if (manifest.isPresent()) {
            restate(manifest.orElseThrow());
            for (String name : names) {
                ledgers.add(ledger(name, blobs, findings));
            }
            lost(manifest.orElseThrow(), names, findings);
            blobs.check(findings);
            strangers(names, findings);
            new AnchorCheck(folder.disk(), folder.path()).check(statements, findings);
        }
        return new FsckReport(ledgers, findings, blobs.count(), statements.closings(), uncovered(names));
    }

    /// What `root` says of anchors, oldest first: the attributes of its entries, as far as they can be
    /// read.
    ///
    /// @throws IOException if there is no manifest that can be read
    public List<Map<String, String>> anchors() throws IOException {
        restate(folder.manifest());
        return statements.anchors().stream().map(Statements.Stated::says).toList();
    }

    private FsckReport.CheckedLedger ledger(String name, BlobCheck blobs, List<Finding> findings) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Manifest before = folder.manifest();
            // A seal is in root before it is in the manifest; so root is read after the manifest.
            if (attempt > 1 || !before.segments().equals(statedUnder.segments())) {
                restate(before);
            }
            LedgerCheck check = new LedgerCheck(
                    folder, name, before.of(name), remembered, (ledger, leafIndex, bytes, offset, length) -> {
                        blobs.entry(ledger, leafIndex, bytes, offset, length);
                        long checked = done.incrementAndGet();
                        if (checked % 65_536 == 0) {
                            progress.checked(checked, Math.max(checked, total));
                        }
                    });
            FsckReport.CheckedLedger checked = check.check(statements);
            boolean changed = !folder.manifest().segments().equals(before.segments());
            if (check.findings().isEmpty() || !changed || attempt == TRIES) {
                findings.addAll(check.findings());
                return checked;
            }
        }
    }

    private Optional<Manifest> manifest(List<Finding> findings) {
        try {
            return Optional.of(folder.manifest());
        } catch (IOException damaged) {
            findings.add(new Finding("-", 0, 0, "manifest", String.valueOf(damaged.getMessage())));
            return Optional.empty();
        }
    }

    private void restate(Manifest manifest) {
        statements = RootReading.of(folder, manifest);
        statedUnder = manifest;
    }

    private static long entries(Manifest manifest) {
        return manifest.segments().stream()
                .mapToLong(io.meshtrail.segment.Segment::size)
                .sum();
    }

    /// Ledgers that are known to exist but have no folder, which no check would read.
    private void lost(Manifest manifest, List<String> names, List<Finding> findings) {
        Set<String> known = new TreeSet<>(manifest.ledgers());
        known.addAll(statements.opened());
        known.add(LedgerSettings.ROOT);
        known.removeAll(names);
        for (String ledger : known) {
            findings.add(new Finding(
                    ledger,
                    0,
                    0,
                    "ledger/" + ledger,
                    "the folder is missing, but root or the manifest names the ledger"));
        }
    }

    /// Remembered checkpoints of ledgers that are not here: nothing has been proved about them, which
    /// must be said.
    private void strangers(List<String> names, List<Finding> findings) throws IOException {
        Set<String> origins = new HashSet<>();
        for (String name : names) {
            LedgerKey.read(folder, name, new Statements(), new Findings(name))
                    .ifPresent(key -> origins.add(key.name()));
            statements.closingsOf(name).forEach(closing -> origins.add(closing.origin()));
        }
        for (Remembered.Kept kept : remembered.ofNone(origins)) {
            findings.add(new Finding(
                    "-",
                    0,
                    0,
                    kept.file(),
                    "no ledger here is "
                            + kept.origin().map(origin -> "'" + origin + "'").orElse("what the note speaks of")));
        }
    }

    private List<FsckReport.Uncovered> uncovered(List<String> names) throws IOException {
        Manifest now;
        try {
            now = folder.manifest();
        } catch (IOException damaged) {
            return List.of();
        }
        Set<String> tiles = new HashSet<>();
        for (String name : names) {
            TileFiles.paths(now.sealedSize(name)).forEach(path -> tiles.add("ledger/" + name + "/" + path));
        }
        tiles.addAll(AnchorCheck.files(statements));
        return new FolderCover(folder, now, tiles).uncovered();
    }
}
