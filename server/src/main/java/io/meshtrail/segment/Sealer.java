package io.meshtrail.segment;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Turns rows into a durable file that has proved itself, and its sidecar. Publishing it is the caller's.
public final class Sealer {
    private final TableEngine engine;
    private final Disk disk;
    private final SegmentFiles files;

    public Sealer(TableEngine engine, Disk disk, SegmentFiles files) {
        this.engine = engine;
        this.disk = disk;
        this.files = files;
    }

    /// Writes the rows from..to of a ledger, reads them back and compares their root. When this returns the
    /// file is durable under its name, and no manifest names it: a crash here or later leaves an orphan that
    /// the next start removes.
    ///
    /// @param relation SQL of exactly these rows in order
    /// @param expected the root of the range as the tree has it
    /// @throws SealMismatchException if the rows read back do not have this root; the temporary file stays as
    ///     evidence until the next start
    public Segment seal(String ledger, long from, long to, String relation, Hash expected) throws IOException {
        String name = SegmentFiles.name(from, to);
        Path file = files.folder(ledger).resolve(name);
        Path temporary = files.folder(ledger).resolve(name + SegmentFiles.TEMPORARY);
        disk.makeFolder(files.folder(ledger));
        // A leftover of a seal that was interrupted; the engine would overwrite it, but might not shorten it.
        disk.delete(temporary);
        engine.execute(SegmentSql.copy(relation, temporary, ledger, from, to, expected));
        disk.sync(temporary);
        NeedleBuilder needles = new NeedleBuilder(from, to);
        SegmentRoot.Found found = prove(ledger, from, to, temporary, expected, needles);
        long bytes = disk.size(temporary);
        Hash sha256 = SegmentFiles.sha256(disk, temporary);
        // The sidecar comes first: whoever sees the segment has it. A crash between the two leaves a sidecar
        // of nothing, which the next start removes.
        byte[] sidecar = needles.build(expected);
        disk.replace(files.folder(ledger).resolve(SegmentFiles.sidecarName(from, to)), sidecar);
        disk.publish(temporary, file);
        return new Segment(
                ledger,
                from,
                to,
                expected,
                name,
                bytes,
                sha256,
                found.firstTime(),
                found.lastTime(),
                Optional.of(Sidecars.of(sidecar)));
    }

    private SegmentRoot.Found prove(
            String ledger, long from, long to, Path temporary, Hash expected, NeedleBuilder needles) {
        SegmentRoot.Found found;
        try {
            found = SegmentRoot.of(engine, temporary, from, to, needles);
        } catch (BrokenRowsException broken) {
            throw new SealMismatchException(ledger, from, to, expected, broken);
        }
        if (!found.root().equals(expected)) {
            throw new SealMismatchException(ledger, from, to, expected, found.root());
        }
        return found;
    }
}
