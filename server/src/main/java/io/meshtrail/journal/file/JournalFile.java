package io.meshtrail.journal.file;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import io.meshtrail.journal.JournalException;
import io.meshtrail.journal.JournalRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One file of a journal: records of consecutive leafIndexes, and where each begins.
final class JournalFile {
    private static final int SCAN = 1 << 20;

    /// The most bytes that are searched after a damaged record: more than a batch can hold.
    private static final int TAIL = 1 << 25;

    private final Path path;
    private final AppendFile file;
    private final long first;
    private long[] places = new long[256];
    private int count;
    private long torn;

    private JournalFile(Path path, AppendFile file, long first) {
        this.path = path;
        this.file = file;
        this.first = first;
    }

    static String name(long first) {
        return String.format("%020d.journal", first);
    }

    /// Starts a new file.
    static JournalFile create(Disk disk, Path folder, long first) throws IOException {
        Path path = folder.resolve(name(first));
        disk.replace(path, RecordFormat.fileHeader(first).array());
        return new JournalFile(path, disk.openAppend(path), first);
    }

    /// Reads a file's records and checks every byte.
    ///
    /// @param last whether this is the youngest file, whose end a crash may have cut short
    /// @return the file, with the cut end removed if `repair` and `last`
    static JournalFile open(AppendFile file, Path path, boolean last, boolean repair) throws IOException {
        if (file.size() < RecordFormat.FILE_HEADER) {
            throw new JournalException(path + " has " + file.size() + " bytes, a header alone has 20");
        }
        byte[] header = new byte[RecordFormat.FILE_HEADER];
        file.read(0, ByteBuffer.wrap(header));
        Optional<Long> first = RecordFormat.first(header);
        if (first.isEmpty() || !name(first.orElseThrow()).equals(String.valueOf(path.getFileName()))) {
            throw new JournalException(path + ": the file header is damaged");
        }
        JournalFile opened = new JournalFile(path, file, first.orElseThrow());
        long end = opened.scan();
        opened.torn = file.size() - end;
        if (opened.torn > 0) {
            opened.judgeTail(end, last, repair);
            if (repair) {
                file.truncate(end);
            }
        }
        return opened;
    }

    /// Finds all whole, sound records from the start and returns where they end.
    private long scan() throws IOException {
        long at = RecordFormat.FILE_HEADER;
        byte[] window = new byte[0];
        long windowAt = at;
        while (true) {
            int offset = (int) (at - windowAt);
            if (window.length - offset < RecordFormat.RECORD_HEADER + RecordFormat.MAX_ENTRY
                    && windowAt + window.length < file.size()) {
                window = new byte[(int) Math.min(SCAN, file.size() - at)];
                file.read(at, ByteBuffer.wrap(window));
                windowAt = at;
                offset = 0;
            }
            int left = window.length - offset;
            if (left < RecordFormat.RECORD_HEADER) {
                return at;
            }
            Optional<RecordFormat.Header> header = RecordFormat.Header.parse(window, offset);
            if (header.isEmpty()) {
                return at;
            }
            int length = header.orElseThrow().length();
            if (left < RecordFormat.RECORD_HEADER + length) {
                return at;
            }
            int entryAt = offset + RecordFormat.RECORD_HEADER;
            byte[] entry = Arrays.copyOfRange(window, entryAt, entryAt + length);
            if (!header.orElseThrow().fits(entry)) {
                return at;
            }
            if (header.orElseThrow().leafIndex() != next()) {
                throw new JournalException(path + " at byte " + at + ": leafIndex "
                        + header.orElseThrow().leafIndex() + ", expected " + next());
            }
            place(at);
            at += RecordFormat.RECORD_HEADER + length;
        }
    }

    /// What follows the last sound record must be what a crash left of writes that were never acknowledged: the
    /// beginning of one record, zeros, or (when repairing) anything after which no sound record comes. All
    /// else is
    /// damage.
    private void judgeTail(long end, boolean last, boolean repair) throws IOException {
        byte[] tail = new byte[(int) Math.min(file.size() - end, TAIL)];
        file.read(end, ByteBuffer.wrap(tail));
        boolean cut = tail.length < RecordFormat.RECORD_HEADER
                || RecordFormat.Header.parse(tail, 0)
                        .filter(header -> file.size() - end < RecordFormat.RECORD_HEADER + (long) header.length())
                        .isPresent();
        boolean harmless = cut || isZeros(tail) || (repair && !soundRecordFollows(tail));
        if (!last || !harmless) {
            throw new JournalException(path + " is damaged at byte " + end + ": the record of leafIndex " + next()
                    + " does not fit its checksum");
        }
    }

    private boolean soundRecordFollows(byte[] tail) {
        for (int at = 1; at + RecordFormat.RECORD_HEADER <= tail.length; at++) {
            if (RecordFormat.Header.parse(tail, at)
                    .filter(header -> header.leafIndex() > next())
                    .isPresent()) {
                return true;
            }
        }
        return file.size() > TAIL && tail.length == TAIL;
    }

    private static boolean isZeros(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, RecordFormat.RECORD_HEADER); i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// Bytes after the last sound record, as found when opening.
    long torn() {
        return torn;
    }

    Path path() {
        return path;
    }

    long first() {
        return first;
    }

    long next() {
        return first + count;
    }

    long bytes() {
        return file.size();
    }

    /// Appends records. If the disk refuses, the file is cut back to what it was.
    void append(List<JournalRecord> records) throws IOException {
        int size = 0;
        for (JournalRecord record : records) {
            size += RecordFormat.size(record);
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        long start = file.size();
        int countBefore = count;
        for (JournalRecord record : records) {
            place(start + buffer.position());
            RecordFormat.put(record, buffer);
        }
        try {
            file.append(buffer.flip());
        } catch (IOException full) {
            count = countBefore;
            file.truncate(start);
            throw full;
        }
    }

    void discard(long from) throws IOException {
        if (from < next()) {
            int keep = (int) (from - first);
            file.truncate(places[keep]);
            count = keep;
        }
    }

    void sync() throws IOException {
        file.sync();
    }

    JournalRecord read(long leafIndex) throws IOException {
        long at;
        int size;
        synchronized (this) {
            int i = (int) (leafIndex - first);
            at = places[i];
            size = (int) ((i + 1 < count ? places[i + 1] : file.size()) - at);
        }
        byte[] bytes = new byte[size];
        file.read(at, ByteBuffer.wrap(bytes));
        return record(bytes, 0, leafIndex, at);
    }

    void read(long from, long to, Journal.Reader reader) throws IOException {
        long index = from;
        while (index < to) {
            int i = (int) (index - first);
            long start;
            int records;
            int[] offsets;
            synchronized (this) {
                start = places[i];
                records = 0;
                while (index + records < to && (records == 0 || end(i + records) - start <= SCAN)) {
                    records++;
                }
                offsets = new int[records + 1];
                for (int k = 0; k <= records; k++) {
                    offsets[k] = (int) ((i + k < count ? places[i + k] : file.size()) - start);
                }
            }
            byte[] window = new byte[offsets[records]];
            file.read(start, ByteBuffer.wrap(window));
            for (int k = 0; k < records; k++) {
                reader.record(record(window, offsets[k], index + k, start + offsets[k]));
            }
            index += records;
        }
    }

    void close() throws IOException {
        file.close();
    }

    private long end(int i) {
        return i + 1 < count ? places[i + 1] : file.size();
    }

    private JournalRecord record(byte[] window, int offset, long leafIndex, long at) throws JournalException {
        Optional<RecordFormat.Header> header = RecordFormat.Header.parse(window, offset);
        if (header.isPresent() && header.orElseThrow().leafIndex() == leafIndex) {
            int entryAt = offset + RecordFormat.RECORD_HEADER;
            byte[] entry = Arrays.copyOfRange(
                    window, entryAt, entryAt + header.orElseThrow().length());
            if (header.orElseThrow().fits(entry)) {
                return header.orElseThrow().with(entry);
            }
        }
        throw new JournalException(path + " is damaged at byte " + at + ": the record of leafIndex " + leafIndex
                + " does not fit its checksum");
    }

    private synchronized void place(long at) {
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        places[count++] = at;
    }
}
