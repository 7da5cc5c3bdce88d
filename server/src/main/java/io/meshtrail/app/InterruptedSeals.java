package io.meshtrail.app;

import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.LedgerFolders;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.RecordedSeals;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Before anything is opened: the segments that `root` has on record but that a crash kept out of the
/// manifest are taken over, so that they need not be sealed again; what nobody names is deleted.
final class InterruptedSeals {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptedSeals.class);

    private InterruptedSeals() {}

    static void takeOver(Disk disk, Path data, ManifestFile manifest) throws IOException {
        Path folder = data.resolve("journal").resolve(LedgerSettings.ROOT);
        long sealed = manifest.current().sealedSize(LedgerSettings.ROOT);
        try (Journal root = FileJournal.open(disk, folder, sealed)) {
            // What is built on a record must not outlive it: a killed process may not have synced it.
            root.sync();
            // A seal is followed by its manifest before root itself is sealed again: its record is in the journal.
            for (Segment segment : manifest.recover(RecordedSeals.in(root, sealed))) {
                LOG.info("Segment {} of ledger {} is taken over", segment.file(), segment.ledger());
            }
        }
        List<String> others = List.copyOf(LedgerFolders.names(disk, data));
        manifest.removeOrphans(others.toArray(String[]::new));
    }
}
