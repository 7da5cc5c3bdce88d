package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the folder `ledger/<name>` of a data folder holds beside tiles: the key and the checkpoint of
/// this epoch, and those of the epochs before, as `epoch-1.key` and `epoch-1.checkpoint`.
public final class LedgerFolders {
    private static final Pattern EPOCH_KEY = Pattern.compile("epoch-([1-9][0-9]{0,8})\\.key");

    private LedgerFolders() {}

    /// The ledgers that have a folder.
    public static Set<String> names(Disk disk, Path data) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path folder : disk.listFolders(data.resolve("ledger"))) {
            String name = String.valueOf(folder.getFileName());
            if (LedgerSettings.isName(name)) {
                names.add(name);
            }
        }
        return names;
    }

    public static Path folder(Path data, String ledger) {
        return data.resolve("ledger").resolve(ledger);
    }

    /// The verifier key.
    public static Path key(Path data, String ledger) {
        return folder(data, ledger).resolve("key");
    }

    /// The last published checkpoint.
    public static Path checkpoint(Path data, String ledger) {
        return folder(data, ledger).resolve("checkpoint");
    }

    /// The verifier key of an epoch that is closed.
    public static Path key(Path data, String ledger, int epoch) {
        return folder(data, ledger).resolve("epoch-" + epoch + ".key");
    }

    /// The last checkpoint that is known of an epoch that is closed.
    public static Path checkpoint(Path data, String ledger, int epoch) {
        return folder(data, ledger).resolve("epoch-" + epoch + ".checkpoint");
    }

    /// The epochs of which there is a key, the present one not among them.
    public static Set<Integer> closedEpochs(Disk disk, Path data, String ledger) throws IOException {
        Set<Integer> epochs = new TreeSet<>();
        for (Path file : disk.list(folder(data, ledger))) {
            Matcher name = EPOCH_KEY.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
                epochs.add(Integer.parseInt(name.group(1)));
            }
        }
        return epochs;
    }
}
