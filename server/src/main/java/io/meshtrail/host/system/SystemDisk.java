package io.meshtrail.host.system;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.host.FileLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Files of the operating system. A folder is synced by forcing a read-only channel on it, as Linux allows.
public final class SystemDisk implements Disk {
    /// What a file that is not finished is called, after its name to be.
    static final String TEMPORARY = ".tmp";

    @Override
    public byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return Files.size(file);
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        publish(temporary, file);
    }

    @Override
    public void publish(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folderOf(file));
    }

    @Override
    public void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void syncNames(Path folder) throws IOException {
        syncFolder(folder);
        for (Path below : listFolders(folder)) {
            syncNames(below);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolder(folderOf(file));
        }
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    @Override
    public List<Path> listFolders(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (Files.isDirectory(folder)) {
            // A process that was killed may have made it without making its name durable; then nothing is in it yet.
            if (parent != null && isEmpty(folder)) {
                syncFolder(parent);
            }
            return;
        }
        if (parent != null) {
            makeFolder(parent);
        }
        Files.createDirectory(folder);
        if (parent != null) {
            syncFolder(parent);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    @Override
    public AppendFile openAppend(Path file) throws IOException {
        boolean created = !Files.exists(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (created) {
            channel.force(true);
            syncFolder(folderOf(file));
        }
        return new SystemAppendFile(file, channel);
    }

    @Override
    public AppendFile openRead(Path file) throws IOException {
        return new SystemAppendFile(file, FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public boolean sameVolume(Path one, Path other) throws IOException {
        return Files.getFileStore(one).equals(Files.getFileStore(other));
    }

    @Override
    public void makePrivate(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        Files.setPosixFilePermissions(
                path, java.nio.file.attribute.PosixFilePermissions.fromString(folder ? "rwx------" : "rw-------"));
    }

    @Override
    public Optional<FileLock> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            java.nio.channels.FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(channel::close);
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // the same answer as from another process
        }
        channel.close();
        return Optional.empty();
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a file in no folder: " + file);
        }
        return folder;
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
