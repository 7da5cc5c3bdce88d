package io.meshtrail.ledger.fsck;

import io.meshtrail.event.EntryFormatException;
import io.meshtrail.host.Disk;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.ManifestText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Checks a data folder: every entry is hashed again, every tree rebuilt, and every file held against what
/// `root`, the
/// manifest and the checkpoints say of it.
public final class Fsck {
    /// A server beside us may seal while we read; what then looks wrong is looked at again, so often.
    private static final int TRIES = 5;

    private final Disk disk;
    private final Path data;
    private final SegmentEntries rows;
    private final JournalInspector journals;
    private final Progress progress;
    private long done;
    private long total;

    /// What `root` states, as of the manifest that was read before it.
    private Statements statements = new Statements();
    private Manifest statedUnder = Manifest.EMPTY;

    public Fsck(Disk disk, Path data, SegmentEntries rows, JournalInspector journals, Progress progress) {
        this.disk = disk;
        this.data = data;
        this.rows = rows;
        this.journals = journals;
        this.progress = progress;
    }

    /// @throws IOException if the folder holds no ledgers or cannot be read at all
    public FsckReport run() throws IOException {
        List<String> names = disk.listFolders(data.resolve("ledger")).stream()
                .map(folder -> String.valueOf(folder.getFileName()))
                .toList();
        if (names.isEmpty()) {
            throw new IOException(data + " is no data folder: it has no ledger/");
        }
        List<Finding> findings = new ArrayList<>();
        List<FsckReport.CheckedLedger> ledgers = new ArrayList<>();
        Optional<Manifest> manifest = manifest(findings);
        total = manifest.map(Fsck::entries).orElse(0L);
        BlobCheck blobs = new BlobCheck(disk, data);
        if (manifest.isPresent()) {
            restate(manifest.orElseThrow());
            for (String name : names) {
                ledgers.add(ledger(name, blobs, findings));
            }
            lost(manifest.orElseThrow(), names, findings);
            blobs.check(findings);
            new AnchorCheck(disk, data).check(statements, findings);
        }
        return new FsckReport(ledgers, findings, blobs.count());
    }

    /// What `root` says of anchors, oldest first: the attributes of its entries, as far as they can be read.
    ///
    /// @throws IOException if there is no manifest that can be read
    public List<Map<String, String>> anchors() throws IOException {
        restate(ManifestText.parse(readManifest()));
        return statements.anchors().stream().map(Statements.Stated::says).toList();
    }

    private FsckReport.CheckedLedger ledger(String name, BlobCheck blobs, List<Finding> findings) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Manifest before = ManifestText.parse(readManifest());
            // A seal is in root before it is in the manifest; so root is read after the manifest.
            if (attempt > 1 || !before.segments().equals(statedUnder.segments())) {
                restate(before);
            }
            LedgerCheck check = new LedgerCheck(
                    disk, data, name, before.of(name), rows, journals, (ledger, leafIndex, bytes, offset, length) -> {
                        blobs.entry(ledger, leafIndex, bytes, offset, length);
                        done++;
                        if (done % 65_536 == 0) {
                            progress.checked(done, Math.max(done, total));
                        }
                    });
            FsckReport.CheckedLedger checked = check.check(statements);
            boolean changed = !ManifestText.parse(readManifest()).segments().equals(before.segments());
            if (check.findings().isEmpty() || !changed || attempt == TRIES) {
                findings.addAll(check.findings());
                return checked;
            }
        }
    }

    private Optional<Manifest> manifest(List<Finding> findings) {
        try {
            return Optional.of(ManifestText.parse(readManifest()));
        } catch (IOException damaged) {
            findings.add(new Finding("-", 0, 0, "manifest", String.valueOf(damaged.getMessage())));
            return Optional.empty();
        }
    }

    private byte[] readManifest() throws IOException {
        Path file = data.resolve("manifest");
        return disk.exists(file) ? disk.read(file) : ManifestText.print(Manifest.EMPTY);
    }

    /// Reads what `root` states; what cannot be read of it is found when its turn comes.
    private void restate(Manifest manifest) {
        statements = new Statements();
        statedUnder = manifest;
        LedgerCheck reading = new LedgerCheck(
                disk,
                data,
                LedgerSettings.ROOT,
                manifest.of(LedgerSettings.ROOT),
                rows,
                journals,
                (ledger, leafIndex, bytes, offset, length) -> {
                    try {
                        statements.read(leafIndex, java.util.Arrays.copyOfRange(bytes, offset, offset + length));
                    } catch (EntryFormatException damaged) {
                        // the tree of root will not fit its checkpoint, and that names the place
                    }
                });
        try {
            reading.check(new Statements());
        } catch (IOException unreadable) {
            // named when root itself is checked
        }
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
}
