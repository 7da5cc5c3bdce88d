package io.meshtrail.journal.file;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import io.meshtrail.journal.JournalException;
import io.meshtrail.journal.JournalRecord;
import io.meshtrail.journal.SyncException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One file of a journal: records of consecutive leafIndexes, and where each begins.
///
/// Opening changes nothing. What a crash left behind the last sound record is cut when the next record is
/// appended, so that a start that is refused leaves the evidence as it was.
final class JournalFile {
    private static final int SCAN = 1 << 20;

    private final Path path;
    private final AppendFile file;
    private final long first;
    private long[] places = new long[256];
    private int count;
    private long end = RecordFormat.FILE_HEADER;
    private long torn;
    private boolean cutFirst;
    private int readers;
    private boolean retired;

    private JournalFile(Path path, AppendFile file, long first) {
        this.path = path;
        this.file = file;
        this.first = first;
    }

    static String name(long first) {
        return String.format(java.util.Locale.ROOT, "%020d.journal", first);
    }

    /// Starts a new file.
    static JournalFile create(Disk disk, Path folder, long first) throws IOException {
        return create(disk, folder, first, List.of());
    }

    /// Starts a new file with records, all of them durable under its name or none.
    static JournalFile create(Disk disk, Path folder, long first, List<JournalRecord> records) throws IOException {
        int size = RecordFormat.FILE_HEADER;
        for (JournalRecord record : records) {
            size += RecordFormat.size(record);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).put(RecordFormat.fileHeader(first));
        long[] begins = new long[records.size()];
        for (int i = 0; i < begins.length; i++) {
            begins[i] = bytes.position();
            // Each is a batch of its own: all of them are durable before anything follows.
            RecordFormat.put(records.get(i), 0, bytes);
        }
        Path path = folder.resolve(name(first));
        disk.replace(path, bytes.array());
        JournalFile created = new JournalFile(path, disk.openAppend(path), first);
        for (long begin : begins) {
            created.place(begin);
        }
        created.end = size;
        return created;
    }

    /// Reads a file's records and checks every byte.
    ///
    /// @param last whether this is the youngest file, whose end a crash may have cut short
    /// @param afterCrash whether what a power failure may leave is taken for that; else only what a process that
    ///     was killed leaves
    static JournalFile open(AppendFile file, Path path, boolean last, boolean afterCrash) throws IOException {
        if (file.size() < RecordFormat.FILE_HEADER) {
            throw new JournalException(
                    path + " has " + file.size() + " bytes, a header alone has " + RecordFormat.FILE_HEADER);
        }
        byte[] header = new byte[RecordFormat.FILE_HEADER];
        file.read(0, ByteBuffer.wrap(header));
        Optional<Long> first = RecordFormat.first(header);
        if (first.isEmpty() || !name(first.orElseThrow()).equals(String.valueOf(path.getFileName()))) {
            throw new JournalException(path + ": the file header is damaged");
        }
        JournalFile opened = new JournalFile(path, file, first.orElseThrow());
        opened.end = opened.scan();
        opened.torn = file.size() - opened.end;
        opened.cutFirst = opened.torn > 0;
        if (opened.torn > 0) {
            Tail tail = Tail.of(file, opened.end, opened.next());
            if (!last || !(tail.isUnfinished() || (afterCrash && tail.isOfTheLastBatch()))) {
                throw opened.damaged(opened.end, opened.next());
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

    synchronized long next() {
        return first + count;
    }

    synchronized long bytes() {
        return end;
    }

    /// Appends a batch. If the disk refuses, none of it is here, and [#discard] must cut what was written.
    void append(List<JournalRecord> records) throws IOException {
        if (cutFirst) {
            file.truncate(end);
            cutFirst = false;
        }
        int size = 0;
        for (JournalRecord record : records) {
            size += RecordFormat.size(record);
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        long[] begins = new long[records.size()];
        for (int i = 0; i < begins.length; i++) {
            begins[i] = end + buffer.position();
            RecordFormat.put(records.get(i), i, buffer);
        }
        cutFirst = true;
        file.append(buffer.flip());
        cutFirst = false;
        appended(begins, size);
    }

    private synchronized void appended(long[] begins, int size) {
        for (long begin : begins) {
            place(begin);
        }
        end += size;
    }

    /// Cuts away the records from a leafIndex on, and what an append that failed has written.
    synchronized void discard(long from) throws IOException {
        if (cutFirst || from < next()) {
            int keep = (int) (Math.min(from, next()) - first);
            long cut = keep < count ? places[keep] : end;
            file.truncate(cut);
            cutFirst = false;
            count = keep;
            end = cut;
        }
    }

    void sync() throws IOException {
        try {
            file.sync();
        } catch (IOException unknown) {
            throw new SyncException(path + " may not be durable: " + unknown.getMessage(), unknown);
        }
    }

    /// Reads the records from..to, all of which are here.
    void read(long from, long to, Journal.Reader reader) throws IOException {
        long index = from;
        while (index < to) {
            long[] bounds = bounds(index, to);
            int records = bounds.length - 1;
            byte[] window = new byte[(int) (bounds[records] - bounds[0])];
            file.read(bounds[0], ByteBuffer.wrap(window));
            for (int k = 0; k < records; k++) {
                reader.record(record(window, (int) (bounds[k] - bounds[0]), index + k, bounds[k]));
            }
            index += records;
        }
    }

    /// Where some records from..to begin, as many as are read at once, and where the last of them ends.
    private synchronized long[] bounds(long from, long to) {
        int i = (int) (from - first);
        int most = (int) (to - from);
        int records = 1;
        while (records < most && place(i + records + 1, count) - places[i] <= SCAN) {
            records++;
        }
        long[] bounds = new long[records + 1];
        for (int k = 0; k <= records; k++) {
            bounds[k] = place(i + k, count);
        }
        return bounds;
    }

    private long place(int i, int of) {
        return i < of ? places[i] : end;
    }

    /// A reader comes; the file stays open until it leaves ([#leave]).
    synchronized void enter() {
        readers++;
    }

    void leave() throws IOException {
        boolean last;
        synchronized (this) {
            last = --readers == 0 && retired;
        }
        if (last) {
            file.close();
        }
    }

    /// Closes the file, as soon as nobody reads it.
    void close() throws IOException {
        boolean unread;
        synchronized (this) {
            unread = readers == 0 && !retired;
            retired = true;
        }
        if (unread) {
            file.close();
        }
    }

    private JournalRecord record(byte[] window, int offset, long leafIndex, long at) throws JournalException {
        if (window.length - offset >= RecordFormat.RECORD_HEADER) {
            Optional<RecordFormat.Header> header = RecordFormat.Header.parse(window, offset);
            if (header.isPresent() && header.orElseThrow().leafIndex() == leafIndex) {
                int entryAt = offset + RecordFormat.RECORD_HEADER;
                byte[] entry = Arrays.copyOfRange(
                        window, entryAt, entryAt + header.orElseThrow().length());
                if (header.orElseThrow().fits(entry)) {
                    return header.orElseThrow().with(entry);
                }
            }
        }
        throw damaged(at, leafIndex);
    }

    private JournalException damaged(long at, long leafIndex) {
        return new JournalException(path + " is damaged at byte " + at + ": the record of leafIndex " + leafIndex
                + " does not fit its checksum");
    }

    private synchronized void place(long at) {
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        places[count++] = at;
    }
}
