package io.meshtrail.segment;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// The sidecars of segments. They are derived: one that is missing or wrong is made again from the rows, and
/// what one says of rows is only where to look. Any thread.
public final class Sidecars {
    private final TableEngine engine;
    private final Disk disk;
    private final SegmentFiles files;

    public Sidecars(TableEngine engine, Disk disk, SegmentFiles files) {
        this.engine = engine;
        this.disk = disk;
        this.files = files;
    }

    /// Whether a segment's sidecar is there in this version, undamaged, and the one on record if one is.
    public boolean isSound(Segment segment) throws IOException {
        try (NeedleReader reader = NeedleReader.open(disk, files, segment).orElse(null)) {
            if (reader == null) {
                return false;
            }
            byte[] whole = reader.whole();
            return isUndamaged(whole)
                    && segment.sidecar().map(stated -> stated.equals(of(whole))).orElse(true);
        }
    }

    /// Makes a sidecar again, out of rows that have the segment's Merkle root.
    ///
    /// @return what is on disk now
    /// @throws SegmentDamagedException if the rows are not what was sealed; then nothing is written
    public Sidecar rebuild(Segment segment) throws IOException {
        NeedleBuilder needles = new NeedleBuilder(segment.from(), segment.to());
        Hash found;
        try {
            found = SegmentRoot.of(engine, files.of(segment), segment.from(), segment.to(), needles)
                    .root();
        } catch (BrokenRowsException | EngineException broken) {
            throw new SegmentDamagedException(segment, "its rows cannot be read: " + broken.getMessage());
        }
        if (!found.equals(segment.root())) {
            throw new SegmentDamagedException(
                    segment, "its rows have root " + found + ", " + segment.root() + " was sealed");
        }
        byte[] bytes = needles.build(found);
        disk.replace(files.sidecar(segment), bytes);
        return of(bytes);
    }

    /// Removes the sidecar of a segment that no longer lives.
    public void remove(Segment segment) throws IOException {
        disk.delete(files.sidecar(segment));
    }

    /// The rows of a segment that can answer; empty if its sidecar cannot tell.
    ///
    /// @throws IOException if it cannot be read
    public Optional<List<RowRange>> rows(Segment segment, NeedleQuery query) throws IOException {
        try (NeedleReader reader = NeedleReader.open(disk, files, segment).orElse(null)) {
            return reader == null ? Optional.empty() : Optional.of(ranges(reader.layout(), blocks(reader, query)));
        }
    }

    private static BitSet blocks(NeedleReader reader, NeedleQuery query) throws IOException {
        BitSet blocks = new BitSet(NeedleLayout.EVERYWHERE);
        switch (query) {
            case NeedleQuery.OneOf(List<Needle> needles) -> {
                for (Needle needle : needles) {
                    blocks.or(reader.find(needle));
                }
            }
            case NeedleQuery.Any(List<NeedleQuery> queries) -> {
                for (NeedleQuery each : queries) {
                    blocks.or(blocks(reader, each));
                }
            }
            case NeedleQuery.All(List<NeedleQuery> queries) -> {
                blocks.set(0, NeedleLayout.EVERYWHERE);
                for (NeedleQuery each : queries) {
                    if (!blocks.isEmpty()) {
                        blocks.and(blocks(reader, each));
                    }
                }
            }
        }
        return blocks;
    }

    private static List<RowRange> ranges(NeedleLayout layout, BitSet blocks) {
        List<RowRange> ranges = new ArrayList<>();
        long rows = layout.blockRows();
        for (int first = blocks.nextSetBit(0); first >= 0; ) {
            int end = blocks.nextClearBit(first);
            long from = layout.from() + first * rows;
            if (from < layout.to()) {
                ranges.add(new RowRange(from, Math.min(layout.to(), layout.from() + end * rows)));
            }
            first = blocks.nextSetBit(end);
        }
        return List.copyOf(ranges);
    }

    static Sidecar of(byte[] bytes) {
        return new Sidecar(bytes.length, Hash.at(SegmentFiles.digest().digest(bytes), 0));
    }

    /// Whether the last bytes of a file are the SHA-256 of those before.
    static boolean isUndamaged(byte[] bytes) {
        int body = bytes.length - NeedleLayout.TRAILER;
        java.security.MessageDigest digest = SegmentFiles.digest();
        digest.update(bytes, 0, body);
        return Arrays.equals(digest.digest(), 0, NeedleLayout.TRAILER, bytes, body, bytes.length);
    }
}
