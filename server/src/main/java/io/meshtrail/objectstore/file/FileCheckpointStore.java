package io.meshtrail.objectstore.file;

import io.meshtrail.host.Disk;
import io.meshtrail.objectstore.CheckpointConflictException;
import io.meshtrail.objectstore.CheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// One file `<ledger>.checkpoint` for each ledger in the state folder, replaced whole. The server holds a
/// lock on the
/// folder, so comparing and setting need no more than one thread.
public final class FileCheckpointStore implements CheckpointStore {
    private final Disk disk;
    private final Path folder;

    public FileCheckpointStore(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    @Override
    public synchronized Optional<byte[]> last(String ledger) throws IOException {
        Path file = file(ledger);
        return disk.exists(file) ? Optional.of(disk.read(file)) : Optional.empty();
    }

    @Override
    public synchronized void compareAndSet(String ledger, Optional<byte[]> expected, byte[] next) throws IOException {
        Optional<byte[]> last = last(ledger);
        boolean same = last.isPresent() == expected.isPresent()
                && (last.isEmpty() || Arrays.equals(last.orElseThrow(), expected.orElseThrow()));
        if (!same) {
            throw new CheckpointConflictException("the last signed checkpoint in " + file(ledger)
                    + " is not the one this server wrote:" + " somebody else signs for ledger " + ledger);
        }
        disk.replace(file(ledger), next);
    }

    private Path file(String ledger) {
        return folder.resolve(ledger + ".checkpoint");
    }
}
