package io.meshtrail.ledger;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.host.Host;
import io.meshtrail.journal.Journal;
import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Brings a ledger back from its files: tiles of the sealed entries, then the journal, then the question
/// whether the
/// state folder knows more. A first start and a start after a crash take the same path.
final class LedgerOpening {
    private final Host host;
    private final Path data;
    private final LedgerIdentity identity;
    private final CheckpointStore state;
    private final JournalOpener journals;
    private final SealedRows rows;
    private final SealRecorder seals;
    private final Duplicates duplicates;

    LedgerOpening(
            Host host,
            Path data,
            LedgerIdentity identity,
            CheckpointStore state,
            JournalOpener journals,
            SealedRows rows,
            SealRecorder seals,
            Duplicates duplicates) {
        this.host = host;
        this.data = data;
        this.identity = identity;
        this.state = state;
        this.journals = journals;
        this.rows = rows;
        this.seals = seals;
        this.duplicates = duplicates;
    }

    /// @param segments the ledger's segments in the manifest, in order
    LedgerView open(LedgerSettings settings, List<Segment> segments) throws IOException {
        String name = settings.name();
        SigningKey key = identity.key(name);
        long sealed = segments.isEmpty() ? 0 : segments.getLast().to();
        Path folder = LedgerFolders.folder(data, name);
        TileFiles tiles = new TileFiles(host.disk(), folder);
        RecentFingerprints recent = new RecentFingerprints(host.disk(), folder);
        recent.load(name, sealed, host.now(), duplicates);
        LedgerView view = new LedgerView(rows, host::now);
        LedgerTree tree = LedgerTree.ofSealed(tiles.levelOne(sealed), view);
        Journal journal = journals.open(name, sealed);
        LastEntry last = replay(name, journal, sealed, tree);
        Optional<Published> published = published(name, key, tree, sealed, journal);
        // Only now, since what is refused must stay as it was found.
        journal.discard(journal.next());
        Ledger ledger = new Ledger(
                settings,
                key.verifierKey().name(),
                key,
                journal,
                tree,
                tiles,
                seals,
                recent,
                host::now,
                segments,
                published,
                last.received());
        view.of(ledger);
        if (last.received() == 0 && sealed > 0) {
            ledger.receive(decode(name, sealed - 1, view.entry(sealed - 1))
                    .number(Field.RECEIVED)
                    .orElseThrow());
        }
        return view;
    }

    private LastEntry replay(String name, Journal journal, long sealed, LedgerTree tree) throws IOException {
        LastEntry last = new LastEntry();
        long now = host.now();
        journal.read(sealed, journal.next(), record -> {
            tree.append(Hash.leaf(record.entry()));
            Fingerprint fingerprint = new Fingerprint(record.fingerprintHigh(), record.fingerprintLow());
            if (!fingerprint.isNone() || record.leafIndex() == journal.next() - 1) {
                AuditEvent event = decode(name, record.leafIndex(), record.entry());
                last.received = event.number(Field.RECEIVED).orElseThrow();
                if (last.received > now - Duplicates.WINDOW_NANOS) {
                    duplicates.remember(fingerprint, new Address(name, record.leafIndex()), last.received);
                }
            }
        });
        return last;
    }

    /// What the state folder remembers to have signed must be a head of this very tree.
    private Optional<Published> published(String name, SigningKey key, LedgerTree tree, long sealed, Journal journal)
            throws IOException {
        Optional<byte[]> bytes = state.last(name);
        if (bytes.isEmpty()) {
            if (tree.size() > 0) {
                throw new StaleDataException("ledger " + name + " has " + tree.size()
                        + " entries, and the state folder remembers no checkpoint of it");
            }
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(bytes.orElseThrow());
            if (note.verify(List.of(key.verifierKey())) instanceof NoteVerdict.Refused refused) {
                throw new IOException("the state's checkpoint of ledger " + name + ": " + refused.why());
            }
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (checkpoint.treeSize() > tree.size()) {
                throw new StaleDataException("ledger " + name + " has " + tree.size() + " entries here ("
                        + sealed + " sealed, the journal from " + journal.first() + " to " + journal.next()
                        + "), but a checkpoint of size " + checkpoint.treeSize()
                        + " was signed: the data folder is older than the state folder");
            }
            Hash root = tree.rootAt(checkpoint.treeSize());
            if (!root.equals(checkpoint.root())) {
                throw new StaleDataException(
                        "ledger " + name + " has root " + root + " at size " + checkpoint.treeSize() + ", but "
                                + checkpoint.root() + " was signed: the data is not what it was");
            }
            return Optional.of(new Published(checkpoint.treeSize(), note, host.now()));
        } catch (MalformedException damaged) {
            throw new IOException("the state's checkpoint of ledger " + name + ": " + damaged.getMessage(), damaged);
        }
    }

    private static AuditEvent decode(String name, long leafIndex, byte[] entry) throws IOException {
        try {
            return EventCodec.decode(entry);
        } catch (EntryFormatException damaged) {
            throw new IOException("entry " + name + "/" + leafIndex + ": " + damaged.getMessage(), damaged);
        }
    }

    private static final class LastEntry {
        private long received;

        long received() {
            return received;
        }
    }
}
