package io.meshtrail.segment;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which of 64 segments can have a value, for one small read instead of two in each: the Bloom filters of
/// their sidecars, cut into pages by hash and turned, so that one page has all segments' bits of a hash.
///
/// A file of a server's working folder, made out of sidecars that this server has checked and never read by
/// another start: nobody else's word is in it. Any thread.
public final class NeedleSummary {
    /// Segments of a summary: the bits of a word.
    public static final int SEGMENTS = Long.SIZE;

    private static final int ROWS = 512;
    private static final int PAGE = ROWS * Long.BYTES;

    /// Hashes that share a page, in each segment; with so many, one segment in a hundred is looked into in
    /// vain.
    private static final int HASHES_A_PAGE = 48;

    private static final int BITS_A_HASH = 5;

    private final Disk disk;
    private final Path file;
    private final List<Segment> segments;
    private final int pages;

    private NeedleSummary(Disk disk, Path file, List<Segment> segments, int pages) {
        this.disk = disk;
        this.file = file;
        this.segments = segments;
        this.pages = pages;
    }

    /// Makes a summary; needs about 1.3 bytes of memory for each entry of the sidecars meanwhile.
    ///
    /// @param file where it is to be
    /// @param segments at most [#SEGMENTS]
    /// @return empty if one of the sidecars is not what it was
    public static Optional<NeedleSummary> make(Disk disk, SegmentFiles files, Path file, List<Segment> segments)
            throws IOException {
        if (segments.isEmpty() || segments.size() > SEGMENTS) {
            throw new IllegalArgumentException("a summary of " + segments.size() + " segments");
        }
        int most = 0;
        for (Segment segment : segments) {
            Optional<NeedleReader> reader = NeedleReader.open(disk, files, segment);
            if (reader.isEmpty()) {
                return Optional.empty();
            }
            try (NeedleReader sidecar = reader.orElseThrow()) {
                most = Math.max(most, sidecar.layout().entries());
            }
        }
        int pages = most / HASHES_A_PAGE + 1;
        ByteBuffer bits = ByteBuffer.allocate(Math.multiplyExact(pages, PAGE));
        for (int i = 0; i < segments.size(); i++) {
            Optional<NeedleReader> reader = NeedleReader.open(disk, files, segments.get(i));
            if (reader.isEmpty()) {
                return Optional.empty();
            }
            try (NeedleReader sidecar = reader.orElseThrow()) {
                long bit = 1L << i;
                sidecar.forEachPrefix(prefix -> set(bits, pages, prefix, bit));
            }
        }
        disk.replace(file, bits.array());
        return Optional.of(new NeedleSummary(disk, file, List.copyOf(segments), pages));
    }

    private static void set(ByteBuffer bits, int pages, int prefix, long bit) {
        int page = page(prefix, pages) * PAGE;
        long mixed = mixed(prefix);
        for (int i = 0; i < BITS_A_HASH; i++) {
            int at = page + row(mixed, i) * Long.BYTES;
            bits.putLong(at, bits.getLong(at) | bit);
        }
    }

    /// The segments, in the order of the bits of [#mask].
    public List<Segment> segments() {
        return segments;
    }

    /// The segments that can answer, as a set of bits. The others cannot.
    public long mask(NeedleQuery query) throws IOException {
        try (AppendFile open = disk.openRead(file)) {
            return mask(open, query);
        }
    }

    private long mask(AppendFile open, NeedleQuery query) throws IOException {
        return switch (query) {
            case NeedleQuery.OneOf(List<Needle> needles) -> {
                long mask = 0;
                for (Needle needle : needles) {
                    mask |= mask(open, (int) (needle.hash() >>> 32));
                }
                yield mask;
            }
            case NeedleQuery.Any(List<NeedleQuery> queries) -> {
                long mask = 0;
                for (NeedleQuery each : queries) {
                    mask |= mask(open, each);
                }
                yield mask;
            }
            case NeedleQuery.All(List<NeedleQuery> queries) -> {
                long mask = -1;
                for (NeedleQuery each : queries) {
                    mask &= mask == 0 ? 0 : mask(open, each);
                }
                yield mask;
            }
        };
    }

    private long mask(AppendFile open, int prefix) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        open.read((long) page(prefix, pages) * PAGE, page);
        long mixed = mixed(prefix);
        long mask = -1;
        for (int i = 0; i < BITS_A_HASH; i++) {
            mask &= page.getLong(row(mixed, i) * Long.BYTES);
        }
        return mask;
    }

    private static int page(int prefix, int pages) {
        return (int) ((prefix & 0xFFFF_FFFFL) * pages >>> 32);
    }

    /// Many hashes of a page agree in their upper bits: all must take part in each row.
    private static long mixed(int prefix) {
        long mixed = (prefix & 0xFFFF_FFFFL) * 0x9E37_79B1_85EB_CA87L;
        return (mixed ^ mixed >>> 32) * 0xC2B2_AE3D_27D4_EB4FL;
    }

    private static int row(long mixed, int number) {
        return (int) (mixed >>> 64 - 9 * (number + 1)) & ROWS - 1;
    }

    /// Removes the file.
    public void remove() throws IOException {
        disk.delete(file);
    }
}
