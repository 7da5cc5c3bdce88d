package io.meshtrail.privacy;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Who is who: pseudonyms and the values they stand for, in memory and in a file of the state folder. Any
/// thread.
public final class SubjectTable implements AutoCloseable {
    private final Host host;
    private final SubjectFile file;
    private final SubjectMap map;
    private final Set<Pseudonym> erased;
    private final int limit;
    private final Consumer<Throwable> onFailure;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Object syncing = new Object();
    private long rootRead;
    private long syncedTo;
    private volatile Optional<String> broken = Optional.empty();

    private SubjectTable(
            Host host,
            SubjectFile file,
            SubjectMap map,
            Set<Pseudonym> erased,
            long rootRead,
            int limit,
            Consumer<Throwable> onFailure) {
        this.host = host;
        this.file = file;
        this.map = map;
        this.erased = erased;
        this.rootRead = rootRead;
        this.limit = limit;
        this.onFailure = onFailure;
        this.syncedTo = file.size();
    }

    /// What `root` has on record.
    public interface RootRecord {
        /// How many entries it has.
        long size();

        /// The pseudonyms that entries `from` and later say were erased.
        Set<Pseudonym> erasedSince(long from) throws IOException;
    }

    /// Reads the table and destroys every row whose erasure is on record: a crash may have come between
    /// the two, or the file is an old copy.
    ///
    /// @param limit the most subjects that are kept
    /// @param onFailure told if the disk can no longer be trusted
    /// @throws IOException naming the row if one is damaged or is not what its pseudonym commits to
    public static SubjectTable open(Host host, Path path, RootRecord root, int limit, Consumer<Throwable> onFailure)
            throws IOException {
        Disk disk = host.disk();
        boolean fresh = !disk.exists(path) || disk.size(path) <= SubjectFile.MAGIC.length;
        Loading first = new Loading(new SubjectMap(random(host)), path);
        SubjectFile file = SubjectFile.open(disk, path, first);
        try {
            long size = root.size();
            if (!fresh || first.map.count() > 0) {
                first.erased.addAll(root.erasedSince(Math.min(first.rootRead, size)));
            }
            SubjectTable table =
                    new SubjectTable(host, file, first.map, first.erased, first.rootRead, limit, onFailure);
            for (Loading.Broken torn : first.broken) {
                table.mend(torn);
            }
            for (Pseudonym each : List.copyOf(first.erased)) {
                table.destroyRow(each);
            }
            table.noteRoot(size);
            table.durable();
            return table;
        } catch (IOException | RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    /// A record that does not fit its checksum is an append or an erasure that a crash tore, or it is
    /// damage.
    private void mend(Loading.Broken torn) throws IOException {
        if (torn.record().length > SubjectRecord.SHORT && erased.contains(torn.pseudonym())) {
            file.overwrite(torn.at(), SubjectRecord.erased(torn.pseudonym(), torn.record().length));
        } else if (torn.at() + torn.record().length == file.size()) {
            file.cut(torn.at());
        } else {
            throw new IOException(file + " is damaged at byte " + torn.at() + ": the row of " + torn.pseudonym()
                    + " does not fit its checksum, and no erasure of it is on record");
        }
    }

    private static byte[] random(Host host) {
        byte[] random = new byte[Pseudonym.SALT];
        host.random().nextBytes(random);
        return random;
    }

    /// The pseudonym of a value, a new one if it has none. Durable after [#durable].
    ///
    /// @return empty if the table is full and the value is not in it
    Optional<Pseudonym> pseudonymOf(String value, SubjectField field) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        lock.readLock().lock();
        try {
            int row = map.find(bytes);
            if (row != 0 && (map.fields(row) & field.bit()) != 0) {
                return Optional.of(map.pseudonym(row));
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            requireSound();
            int row = map.find(bytes);
            if (row == 0) {
                return map.count() >= limit ? Optional.empty() : Optional.of(add(bytes, field));
            }
            Pseudonym pseudonym = map.pseudonym(row);
            if ((map.fields(row) & field.bit()) == 0) {
                append(SubjectRecord.seen(field.bit(), pseudonym));
                map.addFields(row, field.bit());
            }
            return Optional.of(pseudonym);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Pseudonym add(byte[] value, SubjectField field) throws IOException {
        byte[] salt = random(host);
        Pseudonym pseudonym = Pseudonym.of(salt, value);
        SubjectRecord subject = SubjectRecord.subject(field.bit(), pseudonym, salt, value);
        map.add(subject, append(subject));
        return pseudonym;
    }

    private long append(SubjectRecord record) throws IOException {
        try {
            return file.append(record);
        } catch (IOException full) {
            throw new IOException("the subject table " + file + " takes no row: " + full.getMessage(), full);
        }
    }

    /// A pseudonym that nobody will ever resolve, not even we: for values that the full table does not
    /// take.
    Pseudonym throwaway() {
        return new Pseudonym(Hash.at(random(host), 0));
    }

    /// Makes all rows durable that were given out by now. One sync serves all who wait.
    void durable() throws IOException {
        long needed = size();
        synchronized (syncing) {
            requireSound();
            if (syncedTo < needed) {
                syncNow();
            }
        }
    }

    private void syncNow() throws IOException {
        long to = size();
        try {
            file.sync();
        } catch (IOException unsure) {
            // What of the table is on the disk is not known any more: only a new start can tell.
            broken = Optional.of("the subject table " + file + " could not be made durable: " + unsure.getMessage());
            IOException failure = new IOException(broken.orElseThrow(), unsure);
            onFailure.accept(failure);
            throw failure;
        }
        syncedTo = to;
    }

    /// The length of the file up to the last whole record.
    private long size() {
        lock.readLock().lock();
        try {
            return file.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void requireSound() throws IOException {
        if (broken.isPresent()) {
            throw new IOException(broken.orElseThrow());
        }
    }

    /// The value of a pseudonym; empty if it was erased or is not in the table.
    public Optional<String> value(Pseudonym pseudonym) {
        lock.readLock().lock();
        try {
            int row = map.find(pseudonym);
            return row == 0 ? Optional.empty() : Optional.of(text(map.value(row)));
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The pseudonym of a value, if it has one.
    public Optional<Pseudonym> find(String value) {
        lock.readLock().lock();
        try {
            int row = map.find(value.getBytes(StandardCharsets.UTF_8));
            return row == 0 ? Optional.empty() : Optional.of(map.pseudonym(row));
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The whole row of a pseudonym, with what proves it.
    public Optional<Subject> subject(Pseudonym pseudonym) {
        lock.readLock().lock();
        try {
            int row = map.find(pseudonym);
            return row == 0 ? Optional.empty() : Optional.of(subject(row));
        } finally {
            lock.readLock().unlock();
        }
    }

    private Subject subject(int row) {
        return new Subject(
                map.pseudonym(row), text(map.value(row)), SubjectField.names(map.fields(row)), map.salt(row));
    }

    public boolean isErased(Pseudonym pseudonym) {
        lock.readLock().lock();
        try {
            return erased.contains(pseudonym);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Subjects, in no particular order.
    ///
    /// @param all whether there are no more than these
    public record Some(List<Subject> subjects, boolean all) {}

    /// The subjects that were seen in one of some fields and whose value passes a test.
    ///
    /// @param fields a bit mask
    /// @param most how many at most
    Some scan(int fields, Predicate<String> test, int most) {
        List<Subject> found = new ArrayList<>();
        lock.readLock().lock();
        try {
            for (int row = map.next(0); row != 0; row = map.next(row)) {
                if ((map.fields(row) & fields) != 0 && test.test(text(map.value(row)))) {
                    if (found.size() == most) {
                        return new Some(found, false);
                    }
                    found.add(subject(row));
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return new Some(found, true);
    }

    /// Subjects in the order in which they were first seen.
    ///
    /// @param after the pseudonym after which to go on
    public Some list(Optional<Pseudonym> after, int most) {
        List<Subject> found = new ArrayList<>();
        lock.readLock().lock();
        try {
            int from = after.map(map::find).orElse(0);
            for (int row = map.next(from); row != 0; row = map.next(row)) {
                if (map.fields(row) != 0) {
                    if (found.size() == most) {
                        return new Some(found, false);
                    }
                    found.add(subject(row));
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return new Some(found, true);
    }

    /// How many subjects there are.
    public int count() {
        lock.readLock().lock();
        try {
            return map.count();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Destroys the row of a subject. Its erasure must be on record before: whatever fails here, the next
    /// start makes up for it.
    ///
    /// @param root the number of entries of `root`, the erasure's among them
    void destroy(Pseudonym pseudonym, long root) throws IOException {
        lock.writeLock().lock();
        try {
            // First of all nobody is answered any more, whatever the disk does.
            erased.add(pseudonym);
            destroyRow(pseudonym);
            noteRoot(root);
        } finally {
            lock.writeLock().unlock();
        }
        synchronized (syncing) {
            syncNow();
        }
    }

    private void destroyRow(Pseudonym pseudonym) throws IOException {
        int row = map.find(pseudonym);
        if (row != 0) {
            long place = map.place(row);
            int length = map.length(row);
            map.remove(row);
            // Written over in place: a second file beside it would be a second copy to destroy. A crash
            // that tears this write leaves the pseudonym whole, and the record of the erasure tells the
            // next start to finish.
            file.overwrite(place, SubjectRecord.erased(pseudonym, length));
        }
    }

    /// Up to here erasures were taken from `root`; an older copy of this file says less and so reads again.
    private void noteRoot(long entries) throws IOException {
        if (entries > rootRead) {
            append(SubjectRecord.rootRead(entries));
            rootRead = entries;
        }
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// What a file holds.
    private static final class Loading implements SubjectFile.Visitor {
        private final SubjectMap map;
        private final Path path;
        private final Set<Pseudonym> erased = new HashSet<>();
        private final List<Broken> broken = new ArrayList<>();
        private long rootRead;

        Loading(SubjectMap map, Path path) {
            this.map = map;
            this.path = path;
        }

        private record Broken(long at, byte[] record) {
            Pseudonym pseudonym() {
                return new Pseudonym(Hash.at(record, SubjectRecord.HEADER));
            }
        }

        @Override
        public void record(long at, SubjectRecord record) throws IOException {
            switch (record.type()) {
                case SubjectRecord.SUBJECT -> {
                    if (!record.holds()) {
                        throw new IOException(
                                path + ": the row at byte " + at + " is forged: its salt and value are not" + " what "
                                        + record.pseudonym() + " commits to");
                    }
                    map.add(record, at);
                }
                case SubjectRecord.SEEN -> {
                    int row = map.find(record.pseudonym());
                    if (row != 0) {
                        map.addFields(row, record.fields());
                    }
                }
                case SubjectRecord.ERASED -> erased.add(record.pseudonym());
                case SubjectRecord.ROOT_READ -> rootRead = record.entries();
                default ->
                    throw new IOException(path + ": a record of type " + record.type() + " at byte " + at
                            + "; this version knows types 1 to 4");
            }
        }

        @Override
        public void broken(long at, byte[] record) {
            broken.add(new Broken(at, record));
        }
    }
}
