package io.meshtrail.ledger.fsck;

import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SidecarCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Reads the segments of a ledger, several at once where there are workers: each file's SHA-256, each row
/// made an entry again and hashed, the root of the range, and the sidecar that must follow from the entries.
final class SegmentPass {
    private final DataFolder folder;
    private final EntryListener listener;

    SegmentPass(DataFolder folder, EntryListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /// What became of one segment.
    ///
    /// @param leaves its hashes, if it is as it was sealed
    /// @param wrong why not
    /// @param sidecar what is wrong with its sidecar, which is judged only by rows that are right
    record Outcome(Segment segment, Optional<SegmentLeaves> leaves, String wrong, Optional<String> sidecar) {}

    /// Starts reading all, and shows the outcomes in the order of the segments.
    ///
    /// @param sizes tree sizes at which a head will be asked for
    void read(List<Segment> segments, NavigableSet<Long> sizes, Visitor visitor) {
        List<CompletableFuture<Outcome>> running = new ArrayList<>();
        for (Segment segment : segments) {
            running.add(CompletableFuture.supplyAsync(() -> read(segment, sizes), folder.workers()));
        }
        running.forEach(outcome -> visitor.outcome(outcome.join()));
    }

    interface Visitor {
        void outcome(Outcome outcome);
    }

    Outcome read(Segment segment, NavigableSet<Long> sizes) {
        SegmentLeaves leaves = new SegmentLeaves(segment, sizes);
        SidecarCheck sidecar = new SidecarCheck(segment);
        try {
            if (folder.looksAt(Mechanism.FILE_SUMS)) {
                checkBytes(segment);
            }
            folder.rows().visit(segment, (leafIndex, bytes, offset, length) -> {
                leaves.add(bytes, offset, length);
                sidecar.entry(leafIndex, bytes, offset, length);
                listener.entry(segment.ledger(), leafIndex, bytes, offset, length);
            });
            if (leaves.entries() != segment.size()) {
                throw new IOException("it has " + leaves.entries() + " rows, " + segment.size() + " were sealed");
            }
            if (folder.looksAt(Mechanism.RANGE_ROOTS) && !leaves.root().equals(segment.root())) {
                throw new IOException("the rows have root " + leaves.root() + ", " + segment.root() + " was sealed");
            }
            Optional<String> wrong = folder.looksAt(Mechanism.SIDECARS)
                    ? sidecar.wrong(folder.disk(), folder.segments())
                    : Optional.empty();
            return new Outcome(segment, Optional.of(leaves), "", wrong);
        } catch (IOException | RuntimeException damaged) {
            return new Outcome(segment, Optional.empty(), String.valueOf(damaged.getMessage()), Optional.empty());
        }
    }

    private void checkBytes(Segment segment) throws IOException {
        String file = DataFolder.file(segment);
        if (!folder.disk().exists(folder.of(file))) {
            throw new IOException("the segment is missing");
        }
        String sha256 = Sha256.of(folder.disk(), folder.of(file)).hex();
        if (!sha256.equals(segment.sha256().hex())) {
            throw new IOException(
                    "SHA-256 is " + sha256 + ", " + segment.sha256().hex() + " was sealed");
        }
    }
}
