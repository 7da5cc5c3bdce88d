package io.meshtrail.ledger.fsck;

import io.meshtrail.segment.Segment;
import java.io.IOException;

/// Reads all entries of a segment from its rows.
public interface SegmentEntries {
    /// @throws IOException if they cannot be read
    void visit(Segment segment, Visitor visitor) throws IOException;

    /// Takes entries in order.
    interface Visitor {
        void entry(long leafIndex, byte[] bytes, int offset, int length);
    }
}
