package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.ManifestText;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executor;

/// A data folder and the ways to read it.
///
/// @param path the folder itself
/// @param rows reads segments; called from several threads if the workers are several
/// @param journals opens journals for reading
/// @param workers runs the reading of segments; `Runnable::run` reads one after the other
/// @param off what is not looked at; for tests of attacks alone
record DataFolder(
        Disk disk, Path path, SegmentEntries rows, JournalInspector journals, Executor workers, Set<Mechanism> off) {
    DataFolder(Disk disk, Path path, SegmentEntries rows, JournalInspector journals, Executor workers) {
        this(disk, path, rows, journals, workers, Set.of());
    }

    boolean looksAt(Mechanism mechanism) {
        return !off.contains(mechanism);
    }

    /// The same, read by the calling thread alone, in order.
    DataFolder inOrder() {
        return new DataFolder(disk, path, rows, journals, Runnable::run, off);
    }

    Path of(String file) {
        return path.resolve(file);
    }

    /// Which segments live; none before the first seal.
    ///
    /// @throws IOException if the manifest is damaged
    Manifest manifest() throws IOException {
        Path file = of("manifest");
        return disk.exists(file) ? ManifestText.parse(disk.read(file)) : Manifest.EMPTY;
    }

    /// The name of a segment's file below the folder.
    static String file(Segment segment) {
        return "segments/" + segment.ledger() + "/" + segment.file();
    }
}
