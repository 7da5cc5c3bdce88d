package io.meshtrail.segment;

import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Holds a segment's sidecar against its entries: a sidecar that leaves out a value would hide its rows from
/// searches. One segment, one thread.
public final class SidecarCheck {
    private final Segment segment;
    private final NeedleBuilder builder;
    private final EntryNeedles entries;
    private boolean broken;

    public SidecarCheck(Segment segment) {
        this.segment = segment;
        this.builder = new NeedleBuilder(segment.from(), segment.to());
        this.entries = new EntryNeedles(builder);
    }

    /// Takes the next entry.
    public void entry(long leafIndex, byte[] bytes, int offset, int length) {
        try {
            entries.collect(leafIndex, bytes, offset, length);
        } catch (IllegalArgumentException | IndexOutOfBoundsException noEntry) {
            // Its leaf hash is wrong as well, and that is what is to be said of it.
            broken = true;
        }
    }

    /// What is wrong with the sidecar, when all entries were taken and have the segment's Merkle root. A segment of
    /// a version that made none may have none.
    public Optional<String> wrong(Disk disk, SegmentFiles files) throws IOException {
        if (!disk.exists(files.sidecar(segment))) {
            return segment.sidecar().map(stated -> "the sidecar is missing; a start makes it again");
        }
        if (broken) {
            return Optional.of("it cannot be checked: an entry is no flat JSON object");
        }
        byte[] found = disk.read(files.sidecar(segment));
        byte[] right = builder.build(segment.root());
        if (!Arrays.equals(found, right)) {
            return Optional.of(difference(found, right));
        }
        return segment.sidecar()
                .filter(stated -> !stated.equals(Sidecars.of(found)))
                .map(stated -> "SHA-256 is " + Sidecars.of(found).sha256().hex() + ", "
                        + stated.sha256().hex() + " was sealed");
    }

    private String difference(byte[] found, byte[] right) {
        Optional<NeedleLayout> layout = layout(found);
        NeedleLayout expected = layout(right).orElseThrow();
        if (layout.isEmpty()) {
            return "it is no sidecar of this version";
        }
        NeedleLayout claimed = layout.orElseThrow();
        if (claimed.bytes() != found.length || !Sidecars.isUndamaged(found)) {
            return "it is damaged";
        }
        if (claimed.from() != segment.from()
                || claimed.to() != segment.to()
                || !claimed.root().equals(segment.root())) {
            return "it is the sidecar of other rows, " + claimed.from() + " to " + (claimed.to() - 1) + " with root "
                    + claimed.root();
        }
        for (int bucket = 0; bucket < expected.buckets(); bucket++) {
            int end = number(right, expected.directoryAt(bucket + 1));
            for (int entry = number(right, expected.directoryAt(bucket)); entry < end; entry++) {
                int value = number(right, expected.entryAt(entry));
                if (claimed.bucketBits() != expected.bucketBits() || !has(found, claimed, bucket, value)) {
                    return "it hides a value of " + rows(value & 0xFF) + " from searches";
                }
            }
        }
        return "it names values that no entry has";
    }

    private String rows(int block) {
        long rows = NeedleLayout.blockRows(segment.from(), segment.to());
        return block == NeedleLayout.EVERYWHERE
                ? "more than " + NeedleBuilder.MOST_BLOCKS + " places"
                : "entries " + (segment.from() + block * rows) + " to "
                        + (Math.min(segment.to(), segment.from() + (block + 1) * rows) - 1);
    }

    private static boolean has(byte[] file, NeedleLayout layout, int bucket, int value) {
        int first = Math.clamp(number(file, layout.directoryAt(bucket)), 0, layout.entries());
        int last = Math.clamp(number(file, layout.directoryAt(bucket + 1)), first, layout.entries());
        for (int entry = first; entry < last; entry++) {
            if (number(file, layout.entryAt(entry)) == value) {
                return true;
            }
        }
        return false;
    }

    private static int number(byte[] file, long at) {
        return ByteBuffer.wrap(file).getInt((int) at);
    }

    private static Optional<NeedleLayout> layout(byte[] file) {
        return file.length < NeedleLayout.HEAD
                ? Optional.empty()
                : NeedleLayout.parse(ByteBuffer.wrap(file, 0, NeedleLayout.HEAD));
    }
}
