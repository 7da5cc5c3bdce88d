package io.meshtrail.ledger;

import io.meshtrail.event.Address;
import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fingerprints of the last fifteen minutes whose entries are sealed: the journal that had them is
/// gone, and still a repetition must be recognised after a restart. One file for each seal,
/// `ledger/<name>/recent/<to>`.
///
/// All of it is derived and may be lost: then a repetition over a restart is appended again, which
/// nothing else minds.
final class RecentFingerprints {
    private static final Logger LOG = LoggerFactory.getLogger(RecentFingerprints.class);

    private final Disk disk;
    private final Path folder;

    /// @param folder the ledger's own, `ledger/<name>`
    RecentFingerprints(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = RecentFile.folder(folder);
    }

    /// Keeps what is young enough of entries that are about to leave the journal, and gives up what is
    /// too old. When this returns the change is durable.
    void keep(Journal journal, long from, long to, long now) throws IOException {
        List<RecentFile.Recent> recent = new ArrayList<>();
        long oldest = now - Duplicates.WINDOW_NANOS;
        journal.read(from, to, record -> {
            if ((record.fingerprintHigh() | record.fingerprintLow()) != 0) {
                long received = ReceivedText.of(record.entry());
                if (received >= oldest) {
                    recent.add(new RecentFile.Recent(
                            new Fingerprint(record.fingerprintHigh(), record.fingerprintLow()),
                            record.leafIndex(),
                            received));
                }
            }
        });
        if (!recent.isEmpty()) {
            disk.makeFolder(folder);
            disk.replace(folder.resolve(RecentFile.name(to)), RecentFile.print(recent));
        }
        giveUp(oldest);
    }

    /// Deletes files that say nothing of the last fifteen minutes, and of the rest the oldest beyond what
    /// a server remembers at all.
    private void giveUp(long oldest) throws IOException {
        long records = 0;
        for (Path file : disk.list(folder).reversed()) {
            boolean young = records < Duplicates.MOST && RecentFile.newest(disk.read(file)) >= oldest;
            if (young) {
                records += RecentFile.count(disk.size(file));
            } else {
                disk.delete(file);
            }
        }
    }

    /// Tells what is remembered of the sealed entries of a ledger, oldest first.
    ///
    /// @param sealed entries from here on are in the journal, which knows better
    void load(String ledger, long sealed, long now, Duplicates duplicates) throws IOException {
        for (Path file : disk.list(folder)) {
            try {
                for (RecentFile.Recent recent : RecentFile.parse(disk.read(file))) {
                    if (recent.leafIndex() < sealed && recent.received() > now - Duplicates.WINDOW_NANOS) {
                        duplicates.remember(
                                recent.fingerprint(), new Address(ledger, recent.leafIndex()), recent.received());
                    }
                }
            } catch (IOException damaged) {
                LOG.warn(
                        "Repetitions of some sealed entries will not be recognised: {}: {}",
                        file,
                        damaged.getMessage());
            }
        }
    }

    /// Forgets all: after a loss the places no longer hold what they held.
    void forget() throws IOException {
        for (Path file : disk.list(folder)) {
            disk.delete(file);
        }
    }
}
