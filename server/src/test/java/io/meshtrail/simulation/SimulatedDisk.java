package io.meshtrail.simulation;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.host.FileLock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A disk in memory that knows what is durable. It makes the same calls in the same order as the real one (open,
/// write, sync, rename, sync of the folder), so that a crash between any two of them is a crash of the product.
///
/// A process that dies leaves everything that was written, synced or not. A power failure leaves what was synced, and
/// of the rest what chance keeps: nothing, all, a beginning, some sectors. One call to come can be told to fail. Bits
/// rot on request.
public final class SimulatedDisk implements Disk {
    private static final String TEMPORARY = ".tmp";

    private final Random random;
    private SimulatedFolder root = new SimulatedFolder();
    private long capacity = 1L << 40;
    private Optional<DiskFault> fault = Optional.empty();
    private int callsUntilFault;
    private Optional<String> faulted = Optional.empty();
    private boolean dead;
    private boolean quiet;
    private boolean lies;

    /// @param random what chance keeps
    public SimulatedDisk(Random random) {
        this.random = random;
    }

    private SimulatedDisk(Random random, SimulatedFolder root) {
        this.random = random;
        this.root = root;
    }

    /// A call to come fails.
    ///
    /// @param after so many calls go well before
    void failLater(int after, DiskFault how) {
        fault = Optional.of(how);
        callsUntilFault = after;
    }

    /// What [#failLater] did since it was asked last; empty if it has not come to it.
    Optional<String> faulted() {
        Optional<String> done = faulted;
        faulted = Optional.empty();
        return done;
    }

    /// No fault comes any more.
    void heal() {
        fault = Optional.empty();
        faulted = Optional.empty();
    }

    /// From now on it says that what was appended to open files is synced, and does nothing: as if nobody had
    /// asked.
    void lie() {
        lies = true;
    }

    /// So many bytes fit.
    void capacity(long bytes) {
        capacity = bytes;
    }

    /// Bytes of all files.
    long used() {
        return used(root);
    }

    private static long used(SimulatedNode node) {
        return switch (node) {
            case SimulatedFile file -> file.size();
            case SimulatedFolder folder -> {
                long sum = 0;
                for (SimulatedNode each : folder.names().values()) {
                    sum += used(each);
                }
                yield sum;
            }
        };
    }

    /// The process is gone; what it wrote is there.
    void die() {
        dead = true;
    }

    /// A process starts.
    void revive() {
        dead = false;
    }

    /// The machine is gone, and comes back.
    void losePower() {
        root.losePower(random);
    }

    /// This disk as the worst power failure would leave it now.
    SimulatedDisk afterWorstPowerFailure() {
        return new SimulatedDisk(new Random(0), root.durableCopy());
    }

    /// A copy of a folder as everybody sees it: a backup.
    SimulatedFolder backup(Path folder) {
        return ((SimulatedFolder) find(folder).orElseThrow()).copy();
    }

    /// Puts a copy in the place of a folder.
    void restore(Path folder, SimulatedFolder copy) throws IOException {
        SimulatedFolder parent = parent(folder);
        parent.link(name(folder), copy.copy());
        parent.sync();
    }

    /// All files below a folder.
    List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        find(folder).ifPresent(node -> collect(folder, node, files));
        return files;
    }

    private static void collect(Path path, SimulatedNode node, List<Path> files) {
        switch (node) {
            case SimulatedFile file -> files.add(path);
            case SimulatedFolder folder ->
                folder.names().forEach((name, each) -> collect(path.resolve(name), each, files));
        }
    }

    /// Writes a file behind everybody's back, durably.
    void overwrite(Path path, byte[] bytes) throws IOException {
        file(path).overwrite(bytes);
    }

    /// Writes a file as another library would: nothing of it is durable before [#sync].
    public void write(Path path, byte[] bytes) throws IOException {
        SimulatedFolder folder = parent(path);
        call("create", path, () -> folder.link(name(path), new SimulatedFile()));
        append(path, file(path), bytes);
    }

    private interface Call {
        void make() throws IOException;
    }

    private void call(String what, Path path, Call call) throws IOException {
        call(what, path, call, () -> {}, () -> {});
    }

    /// @param failing what happens if the call fails without effect
    /// @param half what half of it is
    private void call(String what, Path path, Call call, Call failing, Call half) throws IOException {
        String here = what + " " + path;
        if (dead) {
            throw new Killed(here);
        }
        if (quiet || fault.isEmpty() || callsUntilFault-- > 0) {
            call.make();
            return;
        }
        DiskFault how = fault.orElseThrow();
        fault = Optional.empty();
        faulted = Optional.of(how + " at " + here);
        switch (how) {
            case NO_EFFECT -> failing.make();
            case EFFECT, DEATH_AFTER -> call.make();
            case HALF, DEATH_WITHIN -> half.make();
            case DEATH_BEFORE -> {}
        }
        switch (how) {
            case NO_EFFECT, EFFECT, HALF -> throw new IOException("input/output error: " + here);
            case DEATH_BEFORE, DEATH_AFTER, DEATH_WITHIN -> {
                dead = true;
                throw new Killed(here);
            }
        }
    }

    /// Calls that check the world and not the product: none of them fails.
    <T> T quietly(Quiet<T> check) throws IOException {
        boolean before = quiet;
        quiet = true;
        try {
            return check.run();
        } finally {
            quiet = before;
        }
    }

    interface Quiet<T> {
        T run() throws IOException;
    }

    private void append(Path path, SimulatedFile file, byte[] bytes) throws IOException {
        if (used() + bytes.length > capacity) {
            int fits = (int) Math.max(0, capacity - used());
            file.append(java.util.Arrays.copyOf(bytes, fits));
            throw new IOException("No space left on device: " + path);
        }
        call("write", path, () -> file.append(bytes), () -> {}, () -> {
            file.append(java.util.Arrays.copyOf(bytes, bytes.length / 2));
        });
    }

    private void sync(Path path, SimulatedFile file) throws IOException {
        call("sync", path, file::sync, file::loseUnsynced, () -> {});
    }

    private void syncFolder(Path path) throws IOException {
        SimulatedFolder folder = folder(path);
        call("sync folder", path, folder::sync, folder::loseUnsynced, () -> {});
    }

    @Override
    public byte[] read(Path path) throws IOException {
        return file(path).bytes().clone();
    }

    @Override
    public boolean exists(Path path) {
        return find(path).isPresent();
    }

    @Override
    public long size(Path path) throws IOException {
        return file(path).size();
    }

    @Override
    public void replace(Path path, byte[] bytes) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + TEMPORARY);
        write(temporary, bytes);
        sync(temporary, file(temporary));
        publish(temporary, path);
    }

    @Override
    public void publish(Path temporary, Path path) throws IOException {
        SimulatedFolder folder = parent(path);
        file(temporary);
        call("rename", path, () -> folder.rename(name(temporary), name(path)));
        syncFolder(path.getParent());
    }

    @Override
    public void sync(Path path) throws IOException {
        sync(path, file(path));
    }

    @Override
    public void syncNames(Path path) throws IOException {
        syncFolder(path);
        for (Path below : listFolders(path)) {
            syncNames(below);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        if (exists(path)) {
            SimulatedFolder folder = parent(path);
            call("delete", path, () -> folder.unlink(name(path)));
            syncFolder(path.getParent());
        }
    }

    @Override
    public List<Path> list(Path path) {
        return list(path, SimulatedFile.class);
    }

    @Override
    public List<Path> listFolders(Path path) {
        return list(path, SimulatedFolder.class);
    }

    private List<Path> list(Path path, Class<?> kind) {
        List<Path> found = new ArrayList<>();
        if (find(path).orElse(null) instanceof SimulatedFolder folder) {
            for (Map.Entry<String, SimulatedNode> each : folder.names().entrySet()) {
                if (kind.isInstance(each.getValue())) {
                    found.add(path.resolve(each.getKey()));
                }
            }
        }
        return found;
    }

    @Override
    public void makeFolder(Path path) throws IOException {
        if (exists(path)) {
            if (path.getParent() != null
                    && find(path).orElseThrow() instanceof SimulatedFolder made
                    && made.names().isEmpty()) {
                syncFolder(path.getParent());
            }
            return;
        }
        makeFolder(path.getParent());
        SimulatedFolder parent = parent(path);
        call("make folder", path, () -> parent.link(name(path), new SimulatedFolder()));
        syncFolder(path.getParent());
    }

    @Override
    public AppendFile openAppend(Path path) throws IOException {
        if (!exists(path)) {
            SimulatedFolder folder = parent(path);
            call("create", path, () -> folder.link(name(path), new SimulatedFile()));
            sync(path, file(path));
            syncFolder(path.getParent());
        }
        return new Open(path, file(path));
    }

    @Override
    public AppendFile openRead(Path path) throws IOException {
        return new Open(path, file(path));
    }

    @Override
    public long free(Path folder) {
        return Math.max(0, capacity - used());
    }

    @Override
    public boolean sameVolume(Path one, Path other) {
        return false;
    }

    @Override
    public void makePrivate(Path path) throws IOException {
        call("make private", path, () -> {});
    }

    @Override
    public Optional<FileLock> lock(Path path) {
        return Optional.of(() -> {});
    }

    private Optional<SimulatedNode> find(Path path) {
        SimulatedNode at = root;
        for (Path name : path) {
            if (!(at instanceof SimulatedFolder folder)) {
                return Optional.empty();
            }
            at = folder.names().get(name.toString());
        }
        return Optional.ofNullable(at);
    }

    private SimulatedFile file(Path path) throws IOException {
        if (find(path).orElse(null) instanceof SimulatedFile file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    private SimulatedFolder folder(Path path) throws IOException {
        if (find(path).orElse(null) instanceof SimulatedFolder folder) {
            return folder;
        }
        throw new NoSuchFileException(path.toString());
    }

    private SimulatedFolder parent(Path path) throws IOException {
        return folder(path.getParent());
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private final class Open implements AppendFile {
        private final Path path;
        private final SimulatedFile file;

        Open(Path path, SimulatedFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            SimulatedDisk.this.append(path, file, all);
        }

        @Override
        public void sync() throws IOException {
            if (lies) {
                call("sync", path, () -> {});
            } else {
                SimulatedDisk.this.sync(path, file);
            }
        }

        @Override
        public void read(long at, ByteBuffer target) throws IOException {
            if (at + target.remaining() > file.size()) {
                throw new EOFException(path + " ends at byte " + file.size() + ", wanted more at " + at);
            }
            target.put(file.bytes(), (int) at, target.remaining());
        }

        @Override
        public void truncate(long size) throws IOException {
            call("truncate", path, () -> file.truncate((int) size));
            SimulatedDisk.this.sync(path, file);
        }

        @Override
        public void close() {
            // a name that is gone keeps its bytes until here; memory does that by itself
        }
    }
}
