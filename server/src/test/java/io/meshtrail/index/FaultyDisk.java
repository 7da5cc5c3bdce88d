package io.meshtrail.index;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.host.FileLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A disk whose n-th change fails, before or after it took effect; from then on nothing works, as after a
/// crash.
public final class FaultyDisk implements Disk {
    private final Disk disk;
    private final int failing;
    private final boolean afterwards;
    private final List<String> changes = new ArrayList<>();
    private volatile boolean counting = true;

    /// @param failing which change fails, counted from 0
    /// @param afterwards whether it takes effect all the same
    public FaultyDisk(Disk disk, int failing, boolean afterwards) {
        this.disk = disk;
        this.failing = failing;
        this.afterwards = afterwards;
    }

    /// The changes so far, the failed one included.
    public List<String> changes() {
        synchronized (this) {
            return List.copyOf(changes);
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    /// Lets changes through uncounted until [#arm].
    public FaultyDisk disarmed() {
        counting = false;
        return this;
    }

    /// Counts from now on.
    public void arm() {
        counting = true;
    }

    private synchronized void change(String what, Path file, Change change) throws IOException {
        if (!counting) {
            change.make();
            return;
        }
        int number = changes.size();
        changes.add(what + " " + file.getFileName());
        if (number > failing || (number == failing && !afterwards)) {
            throw new IOException("the disk fails at change " + number + ": " + what);
        }
        change.make();
        if (number == failing) {
            throw new IOException("the disk fails after change " + number + ": " + what);
        }
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
    public void makeFolder(Path folder) throws IOException {
        change("make folder", folder, () -> disk.makeFolder(folder));
    }

    @Override
    public AppendFile openAppend(Path file) throws IOException {
        return disk.openAppend(file);
    }

    @Override
    public long free(Path folder) throws IOException {
        return disk.free(folder);
    }

    @Override
    public List<Path> listFolders(Path folder) throws IOException {
        return disk.listFolders(folder);
    }

    @Override
    public AppendFile openRead(Path file) throws IOException {
        return disk.openRead(file);
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
}
