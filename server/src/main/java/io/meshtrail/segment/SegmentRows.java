package io.meshtrail.segment;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.TableEngine;
import java.io.IOException;

/// Reads all entries of a segment in one go, in order: the way of those who check it whole.
/// [SegmentReader] keeps slices for those who ask for a few. Any thread; needs memory for a few chunks.
public final class SegmentRows {
    private final TableEngine engine;
    private final SegmentFiles files;

    public SegmentRows(TableEngine engine, SegmentFiles files) {
        this.engine = engine;
        this.files = files;
    }

    /// Shows every entry; what the visitor sees is not yet checked against the tree.
    ///
    /// @throws SegmentDamagedException if the file cannot be read, or a row is missing, out of order or
    /// too many
    public void visit(Segment segment, EntryVisitor visitor) throws IOException {
        ChunkEntries entries = new ChunkEntries(segment.from(), segment.to());
        try {
            engine.read(SegmentSql.rows(files.of(segment)), chunk -> {
                entries.forEach(chunk, (leafIndex, bytes, length) -> visitor.entry(leafIndex, bytes, 0, length));
                return true;
            });
        } catch (BrokenRowsException | EngineException broken) {
            throw new SegmentDamagedException(segment, "its rows cannot be read: " + broken.getMessage());
        }
        if (entries.next() != segment.to()) {
            throw new SegmentDamagedException(segment, "entry " + entries.next() + " is not in it");
        }
    }
}
