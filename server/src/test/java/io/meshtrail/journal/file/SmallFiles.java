package io.meshtrail.journal.file;

import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;

/// Journals whose files are full soon, so that a test sees many of them.
public final class SmallFiles {
    private SmallFiles() {}

    /// As [FileJournal#open], with files of about so many bytes.
    public static Journal open(Disk disk, Path folder, long sealed, long fileBytes) throws IOException {
        return FileJournal.open(disk, folder, sealed, fileBytes);
    }
}
