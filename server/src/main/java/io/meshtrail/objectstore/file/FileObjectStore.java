package io.meshtrail.objectstore.file;

import io.meshtrail.host.Disk;
import io.meshtrail.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One file for each object, `<first two digits>/<sha256>`.
public final class FileObjectStore implements ObjectStore {
    private final Disk disk;
    private final Path folder;

    /// A write was refused on its way: a name may be seen that is not durable.
    private boolean doubtful;

    public FileObjectStore(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    @Override
    public synchronized String put(byte[] bytes) throws IOException {
        String sha256 = sha256(bytes);
        Path file = file(sha256);
        if (doubtful) {
            disk.makeFolder(folder);
            disk.syncNames(Optional.ofNullable(folder.getParent()).orElse(folder));
            doubtful = false;
        }
        if (!disk.exists(file)) {
            // Until both are through, what is seen may vanish in a power failure, and with it what an entry names.
            doubtful = true;
            disk.makeFolder(folder.resolve(sha256.substring(0, 2)));
            disk.replace(file, bytes);
            doubtful = false;
        }
        return sha256;
    }

    @Override
    public Optional<byte[]> get(String sha256) throws IOException {
        Path file = file(sha256);
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = disk.read(file);
        String found = sha256(bytes);
        if (!found.equals(sha256)) {
            throw new IOException(file + " has SHA-256 " + found);
        }
        return Optional.of(bytes);
    }

    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path each : disk.listFolders(folder)) {
            for (Path file : disk.list(each)) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("[0-9a-f]{64}")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    @Override
    public void delete(String sha256) throws IOException {
        disk.delete(file(sha256));
    }

    private Path file(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no SHA-256: " + sha256);
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
