package io.meshtrail.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

    /// Removes a file if it is there, and syncs the folder.
    void delete(Path file) throws IOException;

    /// The files in a folder (not its folders), sorted by name; none if there is no such folder.
    List<Path> list(Path folder) throws IOException;

    /// Makes a folder and those above it.
    void makeFolder(Path folder) throws IOException;

    /// Opens a file for appending and reading; makes it if it is not there.
    AppendFile openAppend(Path file) throws IOException;

    /// Usable bytes on the volume of a folder.
    long free(Path folder) throws IOException;
}
