package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One slow pass over a data folder in use: what [Fsck] does, one segment at a time. Each ledger is
/// checked under the manifest of its own beginning; if that changes underneath (a seal, a merge, a
/// pruning), the ledger is begun again, so that nothing that is being replaced is taken for damage.
///
/// One thread.
final class Scrub {
    /// A ledger that is sealed faster than it is read is given up for this pass; the next one comes back
    /// to it.
    private static final int MOST_BEGINNINGS = 20;

    private final DataFolder folder;
    private final List<String> left;
    private final BlobCheck blobs;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> checked = new ArrayList<>();
    private Optional<Running> running = Optional.empty();
    private int beginnings;
    private boolean blobsChecked;

    Scrub(Disk disk, Path data, SegmentEntries rows, JournalInspector journals) throws IOException {
        this.folder = new DataFolder(disk, data, rows, journals, Runnable::run);
        this.blobs = new BlobCheck(disk, data);
        this.left = new ArrayList<>(disk.listFolders(folder.of("ledger")).stream()
                .map(each -> String.valueOf(each.getFileName()))
                .toList());
    }

    /// One ledger in work.
    ///
    /// @param next the place of the next segment
    private record Running(String ledger, List<Segment> segments, Statements statements, LedgerCheck check, int next) {
        Running after() {
            return new Running(ledger, segments, statements, check, next + 1);
        }
    }

    /// Does the next piece: the beginning of a ledger, a segment, its end, or the blobs.
    ///
    /// @return whether more is left
    /// @throws IOException if the folder cannot be read just now; a later try may help
    boolean step() throws IOException {
        if (running.isPresent()) {
            goOn(running.orElseThrow());
        } else if (!left.isEmpty()) {
            begin(left.getFirst());
        } else if (!blobsChecked) {
            blobs.check(findings);
            blobsChecked = true;
        }
        return running.isPresent() || !left.isEmpty() || !blobsChecked;
    }

    /// What is wrong, so far.
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /// The ledgers that were read to their end.
    List<String> checked() {
        return List.copyOf(checked);
    }

    private void begin(String ledger) throws IOException {
        Manifest manifest;
        try {
            manifest = folder.manifest();
        } catch (IOException damaged) {
            findings.add(new Finding("-", 0, 0, "manifest", String.valueOf(damaged.getMessage())));
            left.clear();
            return;
        }
        beginnings++;
        Statements statements = RootReading.of(folder, manifest);
        LedgerCheck check = new LedgerCheck(folder, ledger, manifest.of(ledger), Remembered.NOTHING, blobs::entry);
        check.begin(statements);
        running = Optional.of(new Running(ledger, manifest.of(ledger), statements, check, 0));
    }

    private void goOn(Running at) throws IOException {
        boolean ends = at.next() == at.segments().size();
        if (ends) {
            at.check().end(at.statements());
        } else {
            at.check().step(at.next());
        }
        boolean moved = !folder.manifest().of(at.ledger()).equals(at.segments());
        if (moved && beginnings < MOST_BEGINNINGS) {
            running = Optional.empty();
        } else if (ends || moved) {
            if (!moved) {
                findings.addAll(at.check().findings());
                checked.add(at.ledger());
            }
            left.removeFirst();
            beginnings = 0;
            running = Optional.empty();
        } else {
            running = Optional.of(at.after());
        }
    }
}
