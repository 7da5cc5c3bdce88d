package io.meshtrail.segment;

import java.io.IOException;

/// A segment whose file is not what was sealed.
public final class SegmentDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Segment segment;

    SegmentDamagedException(Segment segment, String what) {
        super("segment " + segment.ledger() + "/" + segment.file() + " (entries " + segment.from() + ".." + segment.to()
                + "): " + what);
        this.segment = segment;
    }

    public Segment segment() {
        return segment;
    }
}
