package io.meshtrail.segment;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntConsumer;

/// Looks into a sidecar: a needle costs two small reads, whatever the size. One thread.
final class NeedleReader implements AutoCloseable {
    private final AppendFile file;
    private final NeedleLayout layout;

    private NeedleReader(AppendFile file, NeedleLayout layout) {
        this.file = file;
        this.layout = layout;
    }

    /// Opens the sidecar of a segment; empty if it is not one of these rows in this version. Its contents are
    /// not checked.
    static Optional<NeedleReader> open(Disk disk, SegmentFiles files, Segment segment) throws IOException {
        if (!disk.exists(files.sidecar(segment))) {
            return Optional.empty();
        }
        AppendFile file = disk.openRead(files.sidecar(segment));
        Optional<NeedleReader> reader = Optional.empty();
        try {
            reader = layout(file).filter(found -> fits(found, segment)).map(found -> new NeedleReader(file, found));
            return reader;
        } finally {
            if (reader.isEmpty()) {
                file.close();
            }
        }
    }

    private static Optional<NeedleLayout> layout(AppendFile file) throws IOException {
        if (file.size() < NeedleLayout.HEAD) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.allocate(NeedleLayout.HEAD);
        file.read(0, head);
        return NeedleLayout.parse(head.flip()).filter(layout -> layout.bytes() == file.size());
    }

    private static boolean fits(NeedleLayout layout, Segment segment) {
        return layout.from() == segment.from()
                && layout.to() == segment.to()
                && layout.root().equals(segment.root());
    }

    NeedleLayout layout() {
        return layout;
    }

    /// The blocks of the segment that can have a needle.
    ///
    /// @throws IOException if the file cannot be read or is nonsense
    BitSet find(Needle needle) throws IOException {
        int bucket = layout.bucket(needle.hash());
        int remainder = layout.remainder(needle.hash());
        ByteBuffer ends = read(layout.directoryAt(bucket), 8);
        int first = ends.getInt();
        int last = ends.getInt();
        if (first < 0 || last < first || last > layout.entries()) {
            throw new EOFException("bucket " + bucket + " of a sidecar of " + layout.entries() + " entries goes from "
                    + first + " to " + last);
        }
        BitSet blocks = new BitSet(NeedleLayout.EVERYWHERE);
        ByteBuffer entries = read(layout.entryAt(first), 4 * (last - first));
        while (entries.hasRemaining()) {
            int entry = entries.getInt();
            if (entry >>> 8 == remainder) {
                int block = entry & 0xFF;
                blocks.set(
                        block == NeedleLayout.EVERYWHERE ? 0 : block,
                        block == NeedleLayout.EVERYWHERE ? block : block + 1);
            }
        }
        return blocks;
    }

    /// Shows the first 32 bits of every hash, in ascending order.
    void forEachPrefix(IntConsumer visitor) throws IOException {
        ByteBuffer directory = read(layout.directoryAt(0), 4 * (layout.buckets() + 1));
        ByteBuffer entries = read(layout.entryAt(0), 4 * layout.entries());
        int bucket = 0;
        for (int entry = 0; entry < layout.entries(); entry++) {
            while (bucket + 1 < layout.buckets() && directory.getInt(4 * (bucket + 1)) <= entry) {
                bucket++;
            }
            long bits = (long) bucket << NeedleLayout.REMAINDER_BITS | entries.getInt(4 * entry) >>> 8;
            visitor.accept((int) (bits >>> layout.bucketBits() + NeedleLayout.REMAINDER_BITS - 32));
        }
    }

    /// The bytes of the whole file, for those who compare two.
    byte[] whole() throws IOException {
        return read(0, Math.toIntExact(layout.bytes())).array();
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        file.read(at, buffer);
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
