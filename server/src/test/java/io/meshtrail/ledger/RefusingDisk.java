package io.meshtrail.ledger;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.host.FileLock;
import io.meshtrail.host.system.SystemDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A disk whose n-th change fails, in one of three ways, and whose free space a test sets.
final class RefusingDisk implements Disk {
    /// What happens to the change that fails.
    enum Fault {
        /// It does not happen; the disk works again afterwards.
        NO_EFFECT,
        /// It happens all the same; the disk works again afterwards.
        EFFECT,
        /// The process dies: half of an append is written, and nothing after it.
        DEATH
    }

    private final Disk disk = new SystemDisk();
    private final int failing;
    private final Fault fault;
    private final List<String> changes = new ArrayList<>();
    private boolean armed;
    volatile long free = 1L << 40;

    /// A folder in which there is no room for anything more.
    volatile Optional<Path> refused = Optional.empty();

    RefusingDisk(int failing, Fault fault) {
        this.failing = failing;
        this.fault = fault;
    }

    /// A disk that works until a test says otherwise.
    static RefusingDisk sound() {
        return new RefusingDisk(-1, Fault.NO_EFFECT);
    }

    /// From now on changes count.
    void arm() {
        armed = true;
    }

    /// The changes so far that counted.
    List<String> changes() {
        return changes;
    }

    /// Whether the change that is to fail has been reached.
    boolean hasFailed() {
        return failing >= 0 && changes.size() > failing;
    }

    /// Whether nothing works any more.
    boolean isDead() {
        return hasFailed() && fault == Fault.DEATH;
    }

    private interface Change {
        void make() throws IOException;
    }

    private synchronized void change(String what, Path file, Change change, Change half) throws IOException {
        boolean needsRoom = !List.of("truncate", "delete", "overwrite").contains(what);
        if (needsRoom && refused.isPresent() && file.startsWith(refused.orElseThrow())) {
            throw new IOException("No space left on device");
        }
        if (!armed) {
            change.make();
            return;
        }
        if (isDead()) {
            throw new IOException("the process is dead");
        }
        int number = changes.size();
        changes.add(what + " " + file.getFileName());
        if (number != failing) {
            change.make();
            return;
        }
        switch (fault) {
            case NO_EFFECT -> {}
            case EFFECT -> change.make();
            case DEATH -> half.make();
        }
        throw new IOException("change " + number + " fails: " + what + " " + file.getFileName());
    }

    private void change(String what, Path file, Change change) throws IOException {
        change(what, file, change, () -> {});
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public boolean exists(Path file) {
        return disk.exists(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        change("replace", file, () -> disk.replace(file, bytes));
    }

    @Override
    public void publish(Path temporary, Path file) throws IOException {
        change("publish", file, () -> disk.publish(temporary, file));
    }

    @Override
    public void sync(Path file) throws IOException {
        change("sync", file, () -> disk.sync(file));
    }

    @Override
    public void syncNames(Path folder) throws IOException {
        change("sync names", folder, () -> disk.syncNames(folder));
    }

    @Override
    public void delete(Path file) throws IOException {
        change("delete", file, () -> disk.delete(file));
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public List<Path> listFolders(Path folder) throws IOException {
        return disk.listFolders(folder);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        change("make folder", folder, () -> disk.makeFolder(folder));
    }

    @Override
    public AppendFile openAppend(Path file) throws IOException {
        return new RefusingFile(file, disk.openAppend(file));
    }

    @Override
    public AppendFile openRead(Path file) throws IOException {
        return disk.openRead(file);
    }

    @Override
    public long free(Path folder) {
        return free;
    }

    @Override
    public boolean sameVolume(Path one, Path other) throws IOException {
        return disk.sameVolume(one, other);
    }

    @Override
    public void makePrivate(Path path) throws IOException {
        change("make private", path, () -> disk.makePrivate(path));
    }

    @Override
    public Optional<FileLock> lock(Path file) throws IOException {
        return disk.lock(file);
    }

    private final class RefusingFile implements AppendFile {
        private final Path path;
        private final AppendFile file;

        RefusingFile(Path path, AppendFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            change("append", path, () -> file.append(bytes), () -> {
                ByteBuffer half = bytes.duplicate();
                file.append(half.limit(half.position() + half.remaining() / 2));
            });
        }

        @Override
        public void overwrite(long at, ByteBuffer bytes) throws IOException {
            change("overwrite", path, () -> file.overwrite(at, bytes), () -> {
                ByteBuffer half = bytes.duplicate();
                file.overwrite(at, half.limit(half.position() + half.remaining() / 2));
            });
        }

        @Override
        public void sync() throws IOException {
            change("sync", path, file::sync);
        }

        @Override
        public void read(long at, ByteBuffer target) throws IOException {
            file.read(at, target);
        }

        @Override
        public void truncate(long size) throws IOException {
            change("truncate", path, () -> file.truncate(size));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
