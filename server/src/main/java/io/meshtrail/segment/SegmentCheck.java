package io.meshtrail.segment;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.file.Path;

/// Verifies whole segments: every byte against the SHA-256 that was recorded at the seal, and every row
/// against the Merkle root. Works beside a running server and without one; needs memory for a few chunks.
///
/// Give it an engine of its own that keeps no footers, so that it neither waits for questions nor believes a
/// cache.
public final class SegmentCheck {
    private final TableEngine engine;
    private final Disk disk;
    private final SegmentFiles files;

    public SegmentCheck(TableEngine engine, Disk disk, SegmentFiles files) {
        this.engine = engine;
        this.disk = disk;
        this.files = files;
    }

    /// Returns if the segment is exactly what was sealed.
    ///
    /// @throws SegmentDamagedException naming ledger, file and range, and what is wrong
    public void check(Segment segment) throws IOException {
        checkBytes(segment);
        checkRows(segment);
    }

    /// Returns if the file has exactly the bytes that were sealed.
    ///
    /// @throws SegmentDamagedException if not
    public void checkBytes(Segment segment) throws IOException {
        Path file = files.of(segment);
        if (!disk.exists(file)) {
            throw new SegmentDamagedException(segment, "the file is missing");
        }
        if (disk.size(file) != segment.bytes()) {
            throw new SegmentDamagedException(
                    segment, "the file has " + disk.size(file) + " bytes, " + segment.bytes() + " were sealed");
        }
        Hash found = SegmentFiles.sha256(disk, file);
        if (!found.equals(segment.sha256())) {
            throw new SegmentDamagedException(
                    segment,
                    "the file has SHA-256 " + found.hex() + ", "
                            + segment.sha256().hex() + " was sealed");
        }
    }

    void checkRows(Segment segment) throws IOException {
        Hash found;
        try {
            found = SegmentRoot.of(engine, files.of(segment), segment.from(), segment.to())
                    .root();
        } catch (BrokenRowsException | EngineException broken) {
            throw new SegmentDamagedException(segment, "its rows cannot be read: " + broken.getMessage());
        }
        if (!found.equals(segment.root())) {
            throw new SegmentDamagedException(
                    segment, "its rows have root " + found + ", " + segment.root() + " was sealed");
        }
    }
}
