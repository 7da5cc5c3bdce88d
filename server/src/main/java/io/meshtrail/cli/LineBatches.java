package io.meshtrail.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Cuts a stream into batches of whole lines.
final class LineBatches implements AutoCloseable {
    private static final int READ = 1 << 16;

    private final InputStream in;
    private final int most;
    private byte[] rest = {};
    private long line = 1;
    private boolean ended;

    /// @param most bytes of a batch, unless one line alone is longer
    LineBatches(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /// Some whole lines.
    ///
    /// @param first the number of the first, from 1 on
    /// @param count how many
    /// @param bytes with their line feeds; none at the end
    record Lines(long first, long count, byte[] bytes) {}

    /// The next lines; without bytes at the end of the stream.
    Lines next() throws IOException {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        batch.writeBytes(rest);
        int end = lastLineEnd(rest, Math.min(rest.length, most));
        while (!ended && (batch.size() < most || end == 0)) {
            byte[] read = in.readNBytes(READ);
            ended = read.length < READ;
            batch.writeBytes(read);
            end = lastLineEnd(batch.toByteArray(), Math.max(most, batch.size()));
        }
        byte[] all = batch.toByteArray();
        int cut = ended && all.length <= most ? all.length : end == 0 ? all.length : end;
        byte[] bytes = Arrays.copyOf(all, cut);
        rest = Arrays.copyOfRange(all, cut, all.length);
        long count = lines(bytes);
        Lines lines = new Lines(line, count, bytes);
        line += count;
        return lines;
    }

    private static int lastLineEnd(byte[] bytes, int before) {
        for (int at = Math.min(before, bytes.length); at > 0; at--) {
            if (bytes[at - 1] == (byte) '\n') {
                return at;
            }
        }
        return 0;
    }

    private static long lines(byte[] bytes) {
        long count = bytes.length > 0 && bytes[bytes.length - 1] != (byte) '\n' ? 1 : 0;
        for (byte each : bytes) {
            count += each == (byte) '\n' ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
