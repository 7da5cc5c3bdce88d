package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The keys of the epochs that a recovery is about to open, in the state folder as `<ledger>.key.next`
/// until they take the place of the old ones.
final class RecoveryKeys {
    private final Host host;
    private final Path state;

    RecoveryKeys(Host host, Path state) {
        this.host = host;
        this.state = state;
    }

    /// The key of the next epoch; made unless a recovery that was cut short has made it.
    SigningKey next(LogOrigin origin) throws IOException {
        Path file = file(origin.ledger());
        Optional<SigningKey> made = read(host.disk(), file);
        if (made.isPresent() && made.orElseThrow().verifierKey().name().equals(origin.text())) {
            return made.orElseThrow();
        }
        try {
            SigningKey key = SigningKey.generate(origin.text(), SignatureType.ED25519, host.random());
            host.disk().replace(file, (key.secret() + "\n").getBytes(StandardCharsets.UTF_8));
            host.disk().makePrivate(file);
            return key;
        } catch (MalformedException impossible) {
            throw new IOException("no key can be named " + origin.text(), impossible);
        }
    }

    /// Puts a new key where the old one was, which nobody has from then on.
    void take(SigningKey key, String ledger) throws IOException {
        Path file = LedgerIdentity.secretFile(state, ledger);
        host.disk().replace(file, (key.secret() + "\n").getBytes(StandardCharsets.UTF_8));
        host.disk().makePrivate(file);
    }

    void forget(String ledger) throws IOException {
        host.disk().delete(file(ledger));
    }

    private Path file(String ledger) {
        return state.resolve(ledger + ".key.next");
    }

    static Optional<SigningKey> read(Disk disk, Path file) throws IOException {
        try {
            return disk.exists(file)
                    ? Optional.of(SigningKey.parse(LedgerIdentity.text(disk, file)))
                    : Optional.empty();
        } catch (MalformedException damaged) {
            throw new IOException(file + ": " + damaged.getMessage(), damaged);
        }
    }
}
