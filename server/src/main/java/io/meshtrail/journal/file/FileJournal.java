package io.meshtrail.journal.file;

import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import io.meshtrail.journal.JournalException;
import io.meshtrail.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The journal of one ledger in one folder. Files are small, so that what is sealed can be given up soon; a
/// remainder that
/// is small is copied into a file of its own, so that it does not hold back a file of sealed entries.
///
/// A crash while copying leaves the old file beside the new one; opening sees that the younger file starts
/// within the
/// older and gives up the older one.
public final class FileJournal implements Journal {
    /// The size after which a new file is started.
    static final long FILE_BYTES = 16L * 1024 * 1024;

    /// The most bytes that [#release] copies.
    static final long COPY_BYTES = 4L * 1024 * 1024;

    private final Disk disk;
    private final Path folder;
    private final List<JournalFile> files;

    private FileJournal(Disk disk, Path folder, List<JournalFile> files) {
        this.disk = disk;
        this.folder = folder;
        this.files = files;
    }

    /// Opens or makes the journal and cuts what a crash left unfinished at its end.
    ///
    /// @param sealed the first leafIndex that is in no segment: where an empty journal begins
    /// @throws JournalException if anything else is damaged or missing
    public static FileJournal open(Disk disk, Path folder, long sealed) throws IOException {
        disk.makeFolder(folder);
        for (Path path : disk.list(folder)) {
            if (!path.toString().endsWith(".journal")) {
                disk.delete(path);
            }
        }
        List<JournalFile> files = openFiles(disk, folder, true);
        while (files.size() > 1 && files.get(1).first() < files.get(0).next()) {
            giveUp(disk, files);
        }
        while (!files.isEmpty() && files.get(0).next() <= sealed && files.get(0).first() < sealed) {
            giveUp(disk, files);
        }
        FileJournal journal = new FileJournal(disk, folder, files);
        journal.checkDense(sealed);
        if (files.isEmpty()) {
            files.add(JournalFile.create(disk, folder, sealed));
        }
        return journal;
    }

    /// Opens the journal for reading beside a server that may be writing: nothing is repaired or removed.
    public static FileJournal inspect(Disk disk, Path folder) throws IOException {
        List<JournalFile> files = openFiles(disk, folder, false);
        while (files.size() > 1 && files.get(1).first() < files.get(0).next()) {
            files.remove(0).close();
        }
        FileJournal journal = new FileJournal(disk, folder, files);
        journal.checkDense(files.isEmpty() ? 0 : files.get(0).first());
        return journal;
    }

    private static List<JournalFile> openFiles(Disk disk, Path folder, boolean repair) throws IOException {
        List<JournalFile> files = new ArrayList<>();
        List<Path> paths = disk.list(folder).stream()
                .filter(path -> path.toString().endsWith(".journal"))
                .toList();
        for (Path path : paths) {
            boolean last = path.equals(paths.getLast());
            files.add(JournalFile.open(repair ? disk.openAppend(path) : disk.openRead(path), path, last, repair));
        }
        return files;
    }

    private static void giveUp(Disk disk, List<JournalFile> files) throws IOException {
        JournalFile file = files.remove(0);
        file.close();
        disk.delete(file.path());
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
        if (files.getLast().bytes() >= FILE_BYTES) {
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
        synchronized (this) {
            if (leafIndex >= first() && leafIndex < next()) {
                return fileOf(leafIndex).read(leafIndex).entry();
            }
        }
        throw new JournalException(
                folder + " holds leafIndex " + first() + " to " + (next() - 1) + ", not " + leafIndex);
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
            }
            file.read(at, end, reader);
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
            JournalRecord record = oldest.read(index);
            bytes += record.entry().length;
            if (bytes > COPY_BYTES) {
                return;
            }
            remainder.add(record);
        }
        JournalFile copy = JournalFile.create(disk, folder, below);
        copy.append(remainder);
        copy.sync();
        // From here on both files hold the remainder; the younger wins.
        files.add(copy);
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
