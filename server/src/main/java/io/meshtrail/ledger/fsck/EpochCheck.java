package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.ledger.Closing;
import io.meshtrail.ledger.LedgerFolders;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The epochs of one ledger that were closed: their keys must be those that `root` names, and what they
/// signed beyond the entries that survived must be the loss that `root` states.
final class EpochCheck {
    private final Disk disk;
    private final Path data;
    private final String ledger;
    private final Statements statements;
    private final Map<String, VerifierKey> keys = new HashMap<>();
    private final Map<String, byte[]> checkpoints = new HashMap<>();
    private final Findings findings;

    private EpochCheck(Disk disk, Path data, String ledger, Statements statements, Findings findings) {
        this.disk = disk;
        this.data = data;
        this.ledger = ledger;
        this.statements = statements;
        this.findings = findings;
    }

    static EpochCheck of(Disk disk, Path data, String ledger, Statements statements, Findings findings)
            throws IOException {
        EpochCheck check = new EpochCheck(disk, data, ledger, statements, findings);
        for (int epoch : LedgerFolders.closedEpochs(disk, data, ledger)) {
            check.epoch(epoch);
        }
        for (Closing closing : statements.closingsOf(ledger)) {
            check.closing(closing);
        }
        return check;
    }

    /// The keys of the closed epochs.
    List<VerifierKey> keys() {
        return List.copyOf(keys.values());
    }

    /// The key of a closed epoch.
    Optional<VerifierKey> keyOf(String origin) {
        return Optional.ofNullable(keys.get(origin));
    }

    /// The last checkpoints of closed epochs, by file.
    Map<String, byte[]> checkpoints() {
        return checkpoints;
    }

    /// What `root` says of the end of an epoch.
    Optional<Closing> closingOf(String origin) {
        return statements.closingsOf(ledger).stream()
                .filter(closing -> closing.origin().equals(origin))
                .findFirst();
    }

    private void epoch(int epoch) throws IOException {
        String file = name(LedgerFolders.key(data, ledger, epoch));
        VerifierKey key;
        try {
            String text = new String(disk.read(LedgerFolders.key(data, ledger, epoch)), StandardCharsets.UTF_8);
            if (!text.endsWith("\n")) {
                throw new MalformedException("the line does not end");
            }
            key = VerifierKey.parse(text.substring(0, text.length() - 1));
        } catch (MalformedException damaged) {
            add(file, String.valueOf(damaged.getMessage()));
            return;
        }
        Optional<String> stated = statements.keyOf(key.name());
        if (!stated.equals(Optional.of(key.toString()))) {
            add(file, "root names " + stated.orElse("no key") + " for " + key.name());
            return;
        }
        keys.put(key.name(), key);
        Path checkpoint = LedgerFolders.checkpoint(data, ledger, epoch);
        if (disk.exists(checkpoint)) {
            checkpoints.put(name(checkpoint), disk.read(checkpoint));
        }
    }

    private void closing(Closing closing) {
        String key = name(LedgerFolders.key(data, ledger, closing.epoch()));
        if (!keys.containsKey(closing.origin())
                && findings.all().stream().noneMatch(each -> each.file().equals(key))) {
            add(key, "there is none, although root says that epoch " + closing.epoch() + " was closed");
        }
        if (closing.checkpoint().isPresent() && keys.containsKey(closing.origin())) {
            String file = name(LedgerFolders.checkpoint(data, ledger, closing.epoch()));
            byte[] here = checkpoints.get(file);
            if (here == null) {
                add(file, "there is none, although root has it on record");
            } else if (!java.util.Arrays.equals(here, closing.checkpoint().orElseThrow())) {
                add(file, "it is not the checkpoint that root has on record");
            }
        }
    }

    private String name(Path file) {
        return data.relativize(file).toString();
    }

    private void add(String file, String words) {
        findings.add(0, 0, file, words);
    }
}
