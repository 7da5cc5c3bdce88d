package io.meshtrail.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Files. Every write here is durable or says that it is not yet.
public interface Disk {
    /// The whole file.
    byte[] read(Path file) throws IOException;

    boolean exists(Path file);

    /// The length in bytes.
    long size(Path file) throws IOException;

    /// Writes a file whole: under a temporary name in the same folder, synced, renamed over the old one, the
    /// folder
    /// synced.
    /// After a crash there is the old file or the new one, never a mixture.
    void replace(Path file, byte[] bytes) throws IOException;

    /// Gives a finished, synced temporary file its name, and syncs the folder.
    void publish(Path temporary, Path file) throws IOException;

    /// Syncs the contents of a file that someone else wrote.
    void sync(Path file) throws IOException;

    /// Makes durable which names are in a folder, and in all folders below it: a process that was killed may have
    /// left names that are seen and are not durable yet.
    void syncNames(Path folder) throws IOException;

    /// Removes a file if it is there, and syncs the folder.
    void delete(Path file) throws IOException;

    /// The files in a folder (not its folders), sorted by name; none if there is no such folder.
    List<Path> list(Path folder) throws IOException;

    /// The folders in a folder, sorted by name; none if there is no such folder.
    List<Path> listFolders(Path folder) throws IOException;

    /// Makes a folder and those above it, with names that are durable, also if a process that was killed had begun to.
    void makeFolder(Path folder) throws IOException;

    /// Opens a file for appending and reading; makes it if it is not there.
    AppendFile openAppend(Path file) throws IOException;

    /// Opens a file for reading alone.
    AppendFile openRead(Path file) throws IOException;

    /// Usable bytes on the volume of a folder.
    long free(Path folder) throws IOException;

    /// Whether two folders lie on one volume, so that one failure takes both.
    boolean sameVolume(Path one, Path other) throws IOException;

    /// Lets nobody but the owner in: mode 0700 for a folder, 0600 for a file.
    void makePrivate(Path path) throws IOException;

    /// Locks a file against other processes and against this one; empty if somebody else holds it.
    Optional<FileLock> lock(Path file) throws IOException;
}
