package io.meshtrail.ledger;

import io.meshtrail.segment.Segment;
import java.io.IOException;

/// Reads entries back out of sealed segments.
public interface SealedRows {
    /// Visits the entries from..to of a segment in order.
    void read(Segment segment, long from, long to, Visitor visitor) throws IOException;

    /// Takes entries in order.
    interface Visitor {
        void entry(long leafIndex, byte[] entry) throws IOException;
    }
}
