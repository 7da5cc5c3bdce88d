package io.meshtrail.index;

import io.meshtrail.host.Disk;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The files of segments that the manifest no longer names. Each is deleted when no snapshot reads it any more. A
/// crash leaves them as orphans, which the next start removes. One thread.
public final class Retired {
    private final Disk disk;
    private final SegmentFiles files;
    private final HotIndex index;
    private final Deque<Segment> waiting = new ArrayDeque<>();

    public Retired(Disk disk, SegmentFiles files, HotIndex index) {
        this.disk = disk;
        this.files = files;
        this.index = index;
    }

    /// Takes segments that the manifest has let go.
    public void add(List<Segment> segments) {
        waiting.addAll(segments);
    }

    /// Deletes what nobody reads.
    public void sweep() throws IOException {
        for (int i = waiting.size(); i > 0; i--) {
            Segment segment = waiting.getFirst();
            if (!index.isRead(segment)) {
                disk.delete(files.of(segment));
                disk.delete(files.sidecar(segment));
                waiting.removeFirst();
            } else {
                waiting.addLast(waiting.removeFirst());
            }
        }
    }

    /// How many files wait for their last reader.
    public int waiting() {
        return waiting.size();
    }
}
