package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who this server's ledgers are: the origin, fixed at the first start, and one signing key for each
/// ledger, whose name is the ledger's own origin, epoch included. Lives in the state folder (mode 0700),
/// apart from the data; the data folder has the public halves.
final class LedgerIdentity {
    private static final String ORIGIN = "origin";
    private static final String KEY = ".key";

    private final Host host;
    private final Path state;
    private final Path data;
    private final String origin;

    private LedgerIdentity(Host host, Path state, Path data, String origin) {
        this.host = host;
        this.state = state;
        this.data = data;
        this.origin = origin;
    }

    /// @param wanted the origin that the operator asked for, if any
    /// @throws StaleDataException if there are ledgers and no state, or the other way round
    static LedgerIdentity open(Host host, Path state, Path data, Optional<String> wanted) throws IOException {
        Disk disk = host.disk();
        Path file = state.resolve(ORIGIN);
        if (disk.exists(RecoveryPlan.file(state))) {
            throw new StaleDataException("a recovery of " + data + " was begun and not finished: run it again with"
                    + " `meshtrail ledgers recover`");
        }
        if (disk.exists(file)) {
            String fixed = text(disk, file);
            if (wanted.isPresent() && !wanted.orElseThrow().equals(fixed)) {
                throw new IllegalArgumentException("the origin is '" + fixed
                        + "' since the first start; it cannot become '" + wanted.orElseThrow() + "'");
            }
            return new LedgerIdentity(host, state, data, fixed);
        }
        if (!disk.listFolders(data.resolve("ledger")).isEmpty()) {
            throw new StaleDataException(data + " has ledgers, but " + state
                    + " has no keys and checkpoints of them: the state folder is lost or is another one");
        }
        byte[] random = new byte[8];
        host.random().nextBytes(random);
        String origin = wanted.orElse("meshtrail-" + HexFormat.of().formatHex(random));
        disk.replace(file, (origin + "\n").getBytes(StandardCharsets.UTF_8));
        return new LedgerIdentity(host, state, data, origin);
    }

    /// For a recovery, which has its own way to begin.
    static LedgerIdentity whileRecovering(Host host, Path state, Path data, String server) {
        return new LedgerIdentity(host, state, data, server);
    }

    /// The names of all ledgers that there are, by data or by keys, sorted.
    Set<String> known() throws IOException {
        Set<String> names = new TreeSet<>(LedgerFolders.names(host.disk(), data));
        names.addAll(stateNames(host.disk(), state));
        return names;
    }

    /// The ledgers of which the state folder has a key and what it signed last; keys of other kinds may
    /// lie beside.
    static Set<String> stateNames(Disk disk, Path state) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : disk.list(state)) {
            String name = String.valueOf(file.getFileName());
            String ledger = name.endsWith(KEY) ? name.substring(0, name.length() - KEY.length()) : "";
            if (LedgerSettings.isName(ledger) && disk.exists(state.resolve(ledger + ".checkpoint"))) {
                names.add(ledger);
            }
        }
        return names;
    }

    /// The key of a ledger, named as its epoch is; made if the ledger is new.
    SigningKey key(String ledger) throws IOException {
        Disk disk = host.disk();
        Path secret = secretFile(state, ledger);
        try {
            if (disk.exists(secret)) {
                SigningKey key = SigningKey.parse(text(disk, secret));
                String name = key.verifierKey().name();
                if (LogOrigin.parse(origin, ledger, name).isEmpty()) {
                    throw new IOException(
                            secret + " is the key of " + name + ", not of ledger " + ledger + " of " + origin);
                }
                checkPublicHalf(ledger, key);
                return key;
            }
            if (disk.exists(publicHalf(ledger))) {
                throw new StaleDataException(publicHalf(ledger) + " is the key of ledger " + ledger + ", but " + secret
                        + " is missing: the state folder has lost it or is another one");
            }
            SigningKey key =
                    SigningKey.generate(new LogOrigin(origin, ledger, 1).text(), SignatureType.ED25519, host.random());
            disk.replace(secret, (key.secret() + "\n").getBytes(StandardCharsets.UTF_8));
            disk.makePrivate(secret);
            checkPublicHalf(ledger, key);
            return key;
        } catch (MalformedException damaged) {
            throw new IOException(secret + ": " + damaged.getMessage(), damaged);
        }
    }

    private void checkPublicHalf(String ledger, SigningKey key) throws IOException {
        Disk disk = host.disk();
        Path file = publicHalf(ledger);
        String verifier = key.verifierKey().toString();
        if (!disk.exists(file)) {
            disk.makeFolder(LedgerFolders.folder(data, ledger));
            disk.replace(file, (verifier + "\n").getBytes(StandardCharsets.UTF_8));
        } else if (!text(disk, file).equals(verifier)) {
            throw new StaleDataException(
                    file + " is " + text(disk, file) + ", the state folder has the key of " + verifier);
        }
    }

    private Path publicHalf(String ledger) {
        return LedgerFolders.key(data, ledger);
    }

    static Path originFile(Path state) {
        return state.resolve(ORIGIN);
    }

    static Path secretFile(Path state, String ledger) {
        return state.resolve(ledger + KEY);
    }

    static String text(Disk disk, Path file) throws IOException {
        return new String(disk.read(file), StandardCharsets.UTF_8).strip();
    }
}
