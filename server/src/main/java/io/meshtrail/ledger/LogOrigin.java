package io.meshtrail.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name under which a ledger signs: `<origin>/<ledger>` in its first epoch,
/// `<origin>/<ledger>/<epoch>` in those that follow after a loss. An epoch is a log of its own with a key
/// of its own, whose tree begins with the entries that survived; so no origin ever signs two histories.
///
/// @param server the origin of the server, the same for all ledgers
/// @param epoch from 1 on
record LogOrigin(String server, String ledger, int epoch) {
    private static final Pattern EPOCH = Pattern.compile("/([2-9]|[1-9][0-9]{1,8})");

    LogOrigin {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch " + epoch + " of ledger " + ledger);
        }
    }

    /// The first line of checkpoints, and the name of the key.
    String text() {
        String first = server + "/" + ledger;
        return epoch == 1 ? first : first + "/" + epoch;
    }

    LogOrigin next() {
        return new LogOrigin(server, ledger, epoch + 1);
    }

    /// What a key's name says of a ledger of a server; empty if it is of another one.
    static Optional<LogOrigin> parse(String server, String ledger, String text) {
        String first = server + "/" + ledger;
        if (text.equals(first)) {
            return Optional.of(new LogOrigin(server, ledger, 1));
        }
        if (!text.startsWith(first)) {
            return Optional.empty();
        }
        Matcher epoch = EPOCH.matcher(text.substring(first.length()));
        return epoch.matches()
                ? Optional.of(new LogOrigin(server, ledger, Integer.parseInt(epoch.group(1))))
                : Optional.empty();
    }

    /// The origin of the server by the name of the key of its ledger `root`; empty if it is no such name.
    static Optional<String> serverOfRoot(String text) {
        Matcher name =
                Pattern.compile("(.+)/" + LedgerSettings.ROOT + "(/[0-9]+)?").matcher(text);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
