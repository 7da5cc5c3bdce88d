package io.meshtrail.journal.file;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import io.meshtrail.journal.JournalException;
import io.meshtrail.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The journal of one ledger in one folder. Files are small, so that what is sealed can be given up soon; a
/// remainder that is small is copied into a file of its own, so that it does not hold back a file of sealed
/// entries.
///
/// The copy appears whole under its name before the old file goes. A crash in between leaves both; opening sees
/// that the younger file starts within the older and gives up the one that has less.
public final class FileJournal implements Journal {
    /// The size after which a new file is started.
    static final long FILE_BYTES = 16L * 1024 * 1024;

    /// The most bytes that [#release] copies.
    static final long COPY_BYTES = 4L * 1024 * 1024;

    private final Disk disk;
    private final Path folder;
    private final List<JournalFile> files;
    private final long fileBytes;

    private FileJournal(Disk disk, Path folder, long fileBytes, List<JournalFile> files) {
        this.disk = disk;
        this.folder = folder;
        this.fileBytes = fileBytes;
        this.files = files;
    }

    /// Opens or makes the journal. What a crash left unfinished at its end counts for nothing; it is cut with the
    /// first [#discard] or [#append].
    ///
    /// @param sealed the first leafIndex that is in no segment: where an empty journal begins
    /// @throws JournalException if anything else is damaged or missing
    public static FileJournal open(Disk disk, Path folder, long sealed) throws IOException {
        return open(disk, folder, sealed, FILE_BYTES);
    }

    static FileJournal open(Disk disk, Path folder, long sealed, long fileBytes) throws IOException {
        disk.makeFolder(folder);
        for (Path path : disk.list(folder)) {
            if (!isJournal(path)) {
                disk.delete(path);
            }
        }
        FileJournal journal = new FileJournal(disk, folder, fileBytes, openFiles(disk, folder, true));
        try {
            List<JournalFile> files = journal.files;
            while (!files.isEmpty()
                    && (files.get(0).next() <= sealed && files.get(0).first() < sealed)) {
                giveUp(disk, files);
            }
            for (JournalFile twin : removeDoubles(files)) {
                twin.close();
                disk.delete(twin.path());
            }
            journal.checkDense(sealed);
            if (files.isEmpty()) {
                files.add(JournalFile.create(disk, folder, sealed));
            }
            return journal;
        } catch (IOException damaged) {
            journal.close();
            throw damaged;
        }
    }

    /// Opens the journal for reading beside a server that may be writing: nothing is repaired or removed.
    public static FileJournal inspect(Disk disk, Path folder) throws IOException {
        FileJournal journal = new FileJournal(disk, folder, FILE_BYTES, openFiles(disk, folder, false));
        try {
            for (JournalFile twin : removeDoubles(journal.files)) {
                twin.close();
            }
            journal.checkDense(journal.first());
            return journal;
        } catch (IOException damaged) {
            journal.close();
            throw damaged;
        }
    }

    private static List<JournalFile> openFiles(Disk disk, Path folder, boolean afterCrash) throws IOException {
        List<JournalFile> files = new ArrayList<>();
        List<Path> paths =
                disk.list(folder).stream().filter(FileJournal::isJournal).toList();
        for (Path path : paths) {
            AppendFile file = afterCrash ? disk.openAppend(path) : disk.openRead(path);
            try {
                files.add(JournalFile.open(file, path, path.equals(paths.getLast()), afterCrash));
            } catch (IOException damaged) {
                file.close();
                for (JournalFile opened : files) {
                    opened.close();
                }
                throw damaged;
            }
        }
        return files;
    }

    private static boolean isJournal(Path path) {
        return path.toString().endsWith(".journal");
    }

    /// Of a file and the copy of its remainder, which a crash or a disk that refused left beside each other, one
    /// has all that the other has: that one stays.
    ///
    /// @return those that go, out of the list already
    private static List<JournalFile> removeDoubles(List<JournalFile> files) {
        List<JournalFile> doubles = new ArrayList<>();
        for (int i = 0; i + 1 < files.size(); ) {
            JournalFile older = files.get(i);
            JournalFile younger = files.get(i + 1);
            if (younger.first() < older.next()) {
                doubles.add(files.remove(younger.next() < older.next() ? i + 1 : i));
            } else {
                i++;
            }
        }
        return doubles;
    }

    /// Deletes the oldest file. If the disk refuses, it stays as it was.
    private static void giveUp(Disk disk, List<JournalFile> files) throws IOException {
        disk.delete(files.get(0).path());
        files.remove(0).close();
    }

    private void checkDense(long sealed) throws JournalException {
        if (!files.isEmpty() && files.get(0).first() > sealed) {
            throw new JournalException(folder + " begins at leafIndex "
                    + files.get(0).first() + ", but segments end at " + sealed + ": entries between are missing");
        }
        for (int i = 1; i < files.size(); i++) {
            if (files.get(i).first() != files.get(i - 1).next()) {
                throw new JournalException(files.get(i).path() + " begins at leafIndex "
                        + files.get(i).first() + ", but the file before ends at "
                        + files.get(i - 1).next());
            }
        }
    }

    @Override
    public synchronized long first() {
        return files.isEmpty() ? 0 : files.get(0).first();
    }

    @Override
    public synchronized long next() {
        return files.isEmpty() ? 0 : files.getLast().next();
    }

    @Override
    public synchronized long bytes() {
        long bytes = 0;
        for (JournalFile file : files) {
            bytes += file.bytes();
        }
        return bytes;
    }

    @Override
    public synchronized long torn() {
        return files.isEmpty() ? 0 : files.getLast().torn();
    }

    @Override
    public synchronized void append(List<JournalRecord> records) throws IOException {
        if (files.getLast().bytes() >= fileBytes) {
            // The full file is synced before its successor exists, so a crash never leaves a hole between two
            // files.
            files.getLast().sync();
            files.add(JournalFile.create(disk, folder, files.getLast().next()));
        }
        files.getLast().append(records);
    }

    @Override
    public synchronized void discard(long from) throws IOException {
        while (files.size() > 1 && files.getLast().first() >= from) {
            JournalFile youngest = files.removeLast();
            youngest.close();
            disk.delete(youngest.path());
        }
        files.getLast().discard(from);
    }

    @Override
    public synchronized void sync() throws IOException {
        files.getLast().sync();
    }

    @Override
    public byte[] read(long leafIndex) throws IOException {
        List<byte[]> entries = new ArrayList<>(1);
        read(leafIndex, leafIndex + 1, record -> entries.add(record.entry()));
        return entries.getFirst();
    }

    @Override
    public void read(long from, long to, Reader reader) throws IOException {
        long at = from;
        while (at < to) {
            JournalFile file;
            long end;
            synchronized (this) {
                if (at < first() || to > next()) {
                    throw new JournalException(folder + " holds leafIndex " + first() + " to " + (next() - 1) + ", not "
                            + at + " to " + (to - 1));
                }
                file = fileOf(at);
                end = Math.min(to, file.next());
                // Whoever gives the file up meanwhile must not close it under this reader.
                file.enter();
            }
            try {
                file.read(at, end, reader);
            } finally {
                file.leave();
            }
            at = end;
        }
    }

    @Override
    public synchronized void release(long below) throws IOException {
        while (files.size() > 1 && files.get(0).next() <= below) {
            giveUp(disk, files);
        }
        JournalFile oldest = files.get(0);
        if (files.size() == 1 && oldest.first() < below && below <= oldest.next()) {
            copyRemainder(oldest, below);
        }
    }

    private void copyRemainder(JournalFile oldest, long below) throws IOException {
        long bytes = 0;
        List<JournalRecord> remainder = new ArrayList<>();
        for (long index = below; index < oldest.next(); index++) {
            oldest.read(index, index + 1, remainder::add);
            bytes += remainder.getLast().entry().length;
            if (bytes > COPY_BYTES) {
                return;
            }
        }
        // A crash before this returns leaves the old file alone, or both with the whole remainder in each.
        files.add(JournalFile.create(disk, folder, below, remainder));
        giveUp(disk, files);
    }

    private JournalFile fileOf(long leafIndex) {
        int low = 0;
        int high = files.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (files.get(middle).first() <= leafIndex) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return files.get(low);
    }

    @Override
    public synchronized void close() throws IOException {
        for (JournalFile file : files) {
            file.close();
        }
    }
}
