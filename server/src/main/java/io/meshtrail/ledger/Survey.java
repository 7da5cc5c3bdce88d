package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks through data folder, state folder and the memory of others for what is left of each ledger.
final class Survey {
    private final LedgerRecovery.Parts parts;
    private final Disk disk;

    Survey(LedgerRecovery.Parts parts) {
        this.parts = parts;
        this.disk = parts.host().disk();
    }

    /// The ledgers that there are or were.
    Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(LedgerFolders.names(disk, parts.data()));
        names.addAll(LedgerIdentity.stateNames(disk, parts.state()));
        return names;
    }

    /// The origin of the server: the state folder knows it, or the names of keys do.
    Optional<String> server() throws IOException {
        if (disk.exists(LedgerIdentity.originFile(parts.state()))) {
            return Optional.of(LedgerIdentity.text(disk, LedgerIdentity.originFile(parts.state())));
        }
        Optional<String> name =
                secret(LedgerSettings.ROOT).map(key -> key.verifierKey().name());
        return name.or(() -> shownName(LedgerSettings.ROOT)).flatMap(LogOrigin::serverOfRoot);
    }

    private Optional<String> shownName(String ledger) {
        try {
            return shown(ledger).map(VerifierKey::name);
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    /// What is left of each ledger that ever signed.
    Map<String, Remains> remains(String server) throws IOException {
        Map<String, Remains> remains = new TreeMap<>();
        for (String name : names()) {
            Optional<Remains> left = remains(server, name);
            if (left.isPresent()) {
                left.orElseThrow().requireSameHistory();
                remains.put(name, left.orElseThrow());
            }
        }
        return remains;
    }

    private Optional<Remains> remains(String server, String ledger) throws IOException {
        Optional<VerifierKey> secret = secret(ledger).map(SigningKey::verifierKey);
        Optional<VerifierKey> shown = shown(ledger);
        if (secret.isEmpty() && shown.isEmpty()) {
            return Optional.empty();
        }
        int signing = secret.isPresent()
                ? origin(server, ledger, secret.orElseThrow()).epoch()
                : 0;
        int showing =
                shown.isPresent() ? origin(server, ledger, shown.orElseThrow()).epoch() : 0;
        VerifierKey key = (signing >= showing ? secret : shown).orElseThrow();
        if (signing == showing && !secret.equals(shown)) {
            throw new IOException("ledger " + ledger + " has key "
                    + shown.map(VerifierKey::toString).orElse("")
                    + " in the data folder and " + key + " in the state folder, both of epoch " + signing
                    + ": these folders do not belong together");
        }
        Optional<SignedHead> remembered =
                parts.store().last(ledger).flatMap(bytes -> SignedHead.of(bytes, key, "the state folder"));
        List<SignedHead> heads = new ArrayList<>(remembered.stream().toList());
        java.nio.file.Path file = LedgerFolders.checkpoint(parts.data(), ledger);
        if (disk.exists(file)) {
            SignedHead.of(disk.read(file), key, file.toString()).ifPresent(heads::add);
        }
        for (byte[] known : parts.memory().known(key)) {
            SignedHead.of(known, key, "a witness").ifPresent(heads::add);
        }
        return Optional.of(new Remains(
                tree(ledger),
                origin(server, ledger, key),
                key,
                heads.stream().max(java.util.Comparator.comparingLong(SignedHead::size)),
                signing >= showing,
                remembered.isPresent(),
                showing > 0 && showing < signing));
    }

    private static LogOrigin origin(String server, String ledger, VerifierKey key) throws IOException {
        return LogOrigin.parse(server, ledger, key.name())
                .orElseThrow(() -> new IOException("ledger " + ledger + " has the key of " + key.name()
                        + ", which is not of " + server + ": these folders do not belong together"));
    }

    /// The tree of the entries that are here.
    LedgerTree tree(String ledger) throws IOException {
        List<Segment> segments = parts.manifest().of(ledger);
        long sealed = parts.manifest().sealedSize(ledger);
        TileFiles tiles = new TileFiles(disk, LedgerFolders.folder(parts.data(), ledger));
        LedgerTree tree = LedgerTree.ofSealed(tiles.levelOne(sealed), index -> leafTile(segments, index));
        for (Segment segment : segments) {
            Hash root = tree.rangeRoot(segment.from(), segment.to());
            if (!root.equals(segment.root())) {
                throw new IOException("segment " + segment.file() + " of ledger " + ledger + " was sealed with root "
                        + segment.root() + ", the tiles have " + root + ": `meshtrail verify --data` says more");
            }
        }
        try (Journal journal = parts.journals().open(ledger, sealed)) {
            journal.read(sealed, journal.next(), record -> tree.append(Hash.leaf(record.entry())));
        }
        return tree;
    }

    private byte[] leafTile(List<Segment> segments, long index) throws IOException {
        long first = index * 256;
        Segment segment = segments.stream()
                .filter(each -> each.from() <= first && first < each.to())
                .findFirst()
                .orElseThrow(() -> new IOException("no segment has entry " + first));
        byte[] hashes = new byte[256 * Hash.BYTES];
        parts.rows()
                .read(
                        segment,
                        first,
                        first + 256,
                        (leafIndex, entry) -> Hash.leaf(entry).writeTo(hashes, (int) (leafIndex - first) * Hash.BYTES));
        return hashes;
    }

    private Optional<SigningKey> secret(String ledger) throws IOException {
        return RecoveryKeys.read(disk, LedgerIdentity.secretFile(parts.state(), ledger));
    }

    private Optional<VerifierKey> shown(String ledger) throws IOException {
        java.nio.file.Path file = LedgerFolders.key(parts.data(), ledger);
        try {
            return disk.exists(file)
                    ? Optional.of(VerifierKey.parse(LedgerIdentity.text(disk, file)))
                    : Optional.empty();
        } catch (MalformedException damaged) {
            throw new IOException(file + ": " + damaged.getMessage(), damaged);
        }
    }
}
