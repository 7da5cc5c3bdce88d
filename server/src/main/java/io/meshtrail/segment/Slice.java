package io.meshtrail.segment;

import java.util.Arrays;

/// Entries of one segment that follow each other, as bytes in one array.
final class Slice {
    private final long from;
    private final byte[] bytes;
    private final int[] starts;

    private Slice(long from, byte[] bytes, int[] starts) {
        this.from = from;
        this.bytes = bytes;
        this.starts = starts;
    }

    long to() {
        return from + starts.length - 1;
    }

    byte[] entry(long leafIndex) {
        int i = (int) (leafIndex - from);
        return Arrays.copyOfRange(bytes, starts[i], starts[i + 1]);
    }

    void visit(long leafIndex, EntryVisitor visitor) {
        int i = (int) (leafIndex - from);
        visitor.entry(leafIndex, bytes, starts[i], starts[i + 1] - starts[i]);
    }

    /// Collects entries.
    static final class Builder {
        private final long from;
        private final int[] starts;
        private byte[] bytes = new byte[1 << 20];
        private int rows;

        Builder(long from, int most) {
            this.from = from;
            this.starts = new int[most + 1];
        }

        int rows() {
            return rows;
        }

        int size() {
            return starts[rows];
        }

        void add(byte[] entry, int length) {
            int at = starts[rows];
            if (bytes.length - at < length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + length));
            }
            System.arraycopy(entry, 0, bytes, at, length);
            starts[++rows] = at + length;
        }

        Slice build() {
            return new Slice(from, Arrays.copyOf(bytes, size()), Arrays.copyOf(starts, rows + 1));
        }
    }
}
