package io.meshtrail.privacy;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/// The subject table on the disk: a header and one record after another. Appends come one at a time; a
/// sync may run beside them.
final class SubjectFile implements AutoCloseable {
    static final byte[] MAGIC = "MTSUBJ1\n\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private static final int CHUNK = 1 << 16;
    private static final int WINDOW = 1 << 18;

    private final Path path;
    private final AppendFile file;

    /// What was read last, while opening.
    private byte[] window = new byte[0];

    private long windowAt;

    private SubjectFile(Path path, AppendFile file) {
        this.path = path;
        this.file = file;
    }

    /// Is given the records of a file, in their order.
    interface Visitor {
        /// @param at where the record begins
        void record(long at, SubjectRecord record) throws IOException;

        /// A record whose checksum does not fit.
        ///
        /// @param record its bytes
        void broken(long at, byte[] record) throws IOException;
    }

    /// Opens the file, makes it if it is not there, and cuts off what a crash left behind of a record
    /// that nobody was promised.
    ///
    /// @throws IOException naming the place if the file is damaged before its end
    static SubjectFile open(Disk disk, Path path, Visitor visitor) throws IOException {
        AppendFile file = disk.openAppend(path);
        try {
            disk.makePrivate(path);
            SubjectFile opened = new SubjectFile(path, file);
            opened.read(visitor);
            opened.window = new byte[0];
            return opened;
        } catch (IOException | RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    private void read(Visitor visitor) throws IOException {
        if (file.size() < MAGIC.length) {
            // A crash at the first start; nothing was in the table yet.
            file.truncate(0);
            file.append(ByteBuffer.wrap(MAGIC));
            file.sync();
            return;
        }
        if (!Arrays.equals(bytes(0, MAGIC.length), MAGIC)) {
            throw new IOException(path + " is no subject table: it does not begin with MTSUBJ1");
        }
        long at = MAGIC.length;
        while (at < file.size()) {
            long left = file.size() - at;
            OptionalInt length = left < SubjectRecord.HEADER
                    ? OptionalInt.empty()
                    : SubjectRecord.length(bytes(at, SubjectRecord.HEADER));
            boolean whole = length.isPresent() && length.getAsInt() <= left;
            if (!whole) {
                cutTorn(at, left < SubjectRecord.HEADER || length.isPresent());
                return;
            }
            byte[] record = bytes(at, length.getAsInt());
            if (SubjectRecord.isSound(record)) {
                visitor.record(at, SubjectRecord.parse(record));
            } else {
                visitor.broken(at, record);
            }
            at += record.length;
        }
    }

    /// What a crash left of an append: the beginning of a record and nothing after it, or of its header,
    /// and room whose bytes never came.
    private void cutTorn(long at, boolean beginning) throws IOException {
        if (!beginning && !isZeros(at + SubjectRecord.HEADER)) {
            throw new IOException(path + " is damaged at byte " + at + ": no record begins there, and "
                    + (file.size() - at) + " bytes follow");
        }
        file.truncate(at);
    }

    private boolean isZeros(long from) throws IOException {
        for (long at = from; at < file.size(); at += CHUNK) {
            for (byte each : bytes(at, (int) Math.min(CHUNK, file.size() - at))) {
                if (each != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private byte[] bytes(long at, int length) throws IOException {
        if (at < windowAt || at + length > windowAt + window.length) {
            window = new byte[(int) Math.min(Math.max(WINDOW, length), file.size() - at)];
            windowAt = at;
            file.read(at, ByteBuffer.wrap(window));
        }
        int from = (int) (at - windowAt);
        return Arrays.copyOfRange(window, from, from + length);
    }

    /// Writes a record at the end. Not durable before [#sync].
    ///
    /// @return where it begins
    /// @throws IOException if nothing of it was written
    long append(SubjectRecord record) throws IOException {
        long at = file.size();
        try {
            file.append(record.bytes());
        } catch (IOException full) {
            file.truncate(at);
            throw full;
        }
        return at;
    }

    void overwrite(long at, SubjectRecord record) throws IOException {
        file.overwrite(at, record.bytes());
    }

    /// Takes away everything from a place on.
    void cut(long at) throws IOException {
        file.truncate(at);
    }

    void sync() throws IOException {
        file.sync();
    }

    /// The number of bytes.
    long size() {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
