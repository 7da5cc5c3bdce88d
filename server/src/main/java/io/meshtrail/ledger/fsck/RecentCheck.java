package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.ledger.LedgerFolders;
import io.meshtrail.ledger.RecentFile;
import java.io.IOException;
import java.nio.file.Path;

/// The files of recent fingerprints of one ledger: derived, but a flipped bit is a sign of a bad disk.
final class RecentCheck {
    private RecentCheck() {}

    static void check(Disk disk, Path data, String ledger, Findings findings) throws IOException {
        for (Path file : disk.list(RecentFile.folder(LedgerFolders.folder(data, ledger)))) {
            try {
                RecentFile.check(disk.read(file));
            } catch (IOException damaged) {
                // A server beside us gives up old files while we read.
                if (disk.exists(file)) {
                    findings.add(0, 0, data.relativize(file).toString(), damaged.getMessage());
                }
            }
        }
    }
}
