package io.meshtrail.segment;

import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The file `manifest` of a data folder. Reading the current manifest is free and safe for any thread;
/// changes come one at a time.
public final class ManifestFile {
    private static final Pattern OURS = Pattern.compile(".*\\.(parquet|sidecar)(\\.tmp)?");

    private final Disk disk;
    private final SegmentFiles files;
    private volatile Manifest current;

    private ManifestFile(Disk disk, SegmentFiles files, Manifest current) {
        this.disk = disk;
        this.files = files;
        this.current = current;
    }

    /// Reads the manifest of a data folder; without the file there are no segments.
    ///
    /// @throws ManifestException if it is damaged
    public static ManifestFile open(Disk disk, SegmentFiles files) throws IOException {
        Path file = files.data().resolve("manifest");
        return new ManifestFile(disk, files, disk.exists(file) ? ManifestText.parse(disk.read(file)) : Manifest.EMPTY);
    }

    /// The manifest as it is durable now.
    public Manifest current() {
        return current;
    }

    public SegmentFiles files() {
        return files;
    }

    /// Names one more segment. When this returns the change is durable; after a crash it is there or not.
    public void add(Segment segment) throws IOException {
        replace(List.of(), List.of(segment));
    }

    /// Names some segments instead of others, at once: a merge, or a pruning when `add` is empty. The files
    /// of those that go are left; remove them when no snapshot reads them any more, or leave them to
    /// [#removeOrphans].
    public synchronized void replace(List<Segment> remove, List<Segment> add) throws IOException {
        Manifest changed = current.change(remove, add);
        disk.replace(files.data().resolve("manifest"), ManifestText.print(changed));
        current = changed;
    }

    /// Before anything is sealed: takes over segments that `root` has on record but that a crash kept out of
    /// the manifest, as far as their files are there whole; then deletes what no manifest names.
    ///
    /// @param recorded segments on record, in any order; those that the manifest names already are passed
    ///     over
    /// @return the segments that were taken over
    public List<Segment> recover(List<Segment> recorded) throws IOException {
        List<Segment> takenOver = new ArrayList<>();
        for (Segment segment : recorded.stream()
                .sorted(java.util.Comparator.comparingLong(Segment::from))
                .toList()) {
            if (segment.from() == current.sealedSize(segment.ledger()) && isWhole(segment)) {
                add(segment);
                takenOver.add(segment);
            }
        }
        removeOrphans();
        return takenOver;
    }

    private boolean isWhole(Segment segment) throws IOException {
        Path file = files.of(segment);
        return disk.exists(file)
                && disk.size(file) == segment.bytes()
                && SegmentFiles.sha256(disk, file).equals(segment.sha256());
    }

    /// Deletes segments, sidecars and temporary files that the manifest does not name, in the folders of the
    /// ledgers that it names and of `others`: leftovers of seals that a crash cut short, whose entries are
    /// all still in the journal. Files of other kinds are left alone.
    ///
    /// @param others ledgers that may have no segment yet
    public void removeOrphans(String... others) throws IOException {
        Manifest manifest = current;
        Set<Path> live = new HashSet<>();
        for (Segment segment : manifest.segments()) {
            live.add(files.of(segment));
            live.add(files.sidecar(segment));
        }
        Set<String> ledgers = new HashSet<>(manifest.ledgers());
        ledgers.addAll(List.of(others));
        for (String ledger : ledgers) {
            for (Path file : disk.list(files.folder(ledger))) {
                if (isOurs(file) && !live.contains(file)) {
                    disk.delete(file);
                }
            }
        }
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return OURS.matcher(name).matches();
    }
}
