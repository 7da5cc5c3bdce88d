package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.host.Disk;
import io.meshtrail.journal.JournalRecord;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The steps of a recovery. Each may be taken again: a crash between any two leaves the plan, and the
/// next run takes all of them from the first on.
///
/// 1. the public key and the last checkpoint of the closed epoch are kept in the data folder.
/// 2. the new key takes the place of the old one in the state folder: the old epoch cannot sign any more.
/// 3. the first checkpoint of the new epoch, over what survived, is in the state folder and then in the
/// data folder. 4. `root` says what was closed and opened, and which seals it had lost with entries of
/// its own. 5. the plan goes: servers start again.
final class RecoverySteps {
    private final LedgerRecovery.Parts parts;
    private final RecoveryKeys keys;
    private final String server;
    private final Disk disk;

    RecoverySteps(LedgerRecovery.Parts parts, RecoveryKeys keys, String server) {
        this.parts = parts;
        this.keys = keys;
        this.server = server;
        this.disk = parts.host().disk();
    }

    /// Whether a key of the plan has taken its place already.
    static boolean begun(Disk disk, Path state, RecoveryPlan plan) throws IOException {
        for (Closing closing : plan.closings()) {
            Optional<SigningKey> key = RecoveryKeys.read(disk, LedgerIdentity.secretFile(state, closing.ledger()));
            if (key.isPresent() && key.orElseThrow().verifierKey().name().endsWith("/" + (closing.epoch() + 1))) {
                return true;
            }
        }
        return false;
    }

    void take(RecoveryPlan plan) throws IOException {
        for (Closing closing : plan.closings()) {
            LogOrigin next = LogOrigin.parse(server, closing.ledger(), closing.origin())
                    .orElseThrow(() -> new IOException("the plan closes " + closing.origin() + ", not of " + server))
                    .next();
            SigningKey key = keys.next(next);
            if (plan.acts().stream()
                    .noneMatch(act ->
                            key.verifierKey().toString().equals(act.attributes().get("key")))) {
                throw new IOException("the state folder has lost the key that was made for " + next.text()
                        + " when this recovery was begun");
            }
            archive(closing, key.verifierKey());
            keys.take(key, closing.ledger());
            publish(closing, key);
            Path folder = LedgerFolders.folder(parts.data(), closing.ledger());
            new RecentFingerprints(disk, folder).forget();
            new TileFiles(disk, folder).removeOthers(parts.manifest().sealedSize(closing.ledger()));
        }
        tellRoot(plan);
        ToldConfiguration.forget(disk, parts.state());
        // The plan goes before the keys that it needs.
        disk.delete(RecoveryPlan.file(parts.state()));
        for (Closing closing : plan.closings()) {
            keys.forget(closing.ledger());
        }
    }

    private void archive(Closing closing, VerifierKey next) throws IOException {
        String ledger = closing.ledger();
        disk.makeFolder(LedgerFolders.folder(parts.data(), ledger));
        archiveEarlier(closing, next);
        keep(LedgerFolders.key(parts.data(), ledger, closing.epoch()), line(closing.key()));
        if (closing.checkpoint().isPresent()) {
            keep(
                    LedgerFolders.checkpoint(parts.data(), ledger, closing.epoch()),
                    closing.checkpoint().orElseThrow());
        }
    }

    /// A data folder from before an earlier recovery shows the key of a still older epoch.
    private void archiveEarlier(Closing closing, VerifierKey next) throws IOException {
        Path shown = LedgerFolders.key(parts.data(), closing.ledger());
        if (!disk.exists(shown)) {
            return;
        }
        String text = LedgerIdentity.text(disk, shown);
        if (text.equals(closing.key()) || text.equals(next.toString())) {
            return;
        }
        try {
            VerifierKey key = VerifierKey.parse(text);
            LogOrigin origin = LogOrigin.parse(server, closing.ledger(), key.name())
                    .orElseThrow(() -> new IOException(shown + " is the key of " + key.name()));
            keep(LedgerFolders.key(parts.data(), closing.ledger(), origin.epoch()), line(text));
            Path checkpoint = LedgerFolders.checkpoint(parts.data(), closing.ledger());
            if (disk.exists(checkpoint)
                    && SignedHead.of(disk.read(checkpoint), key, "").isPresent()) {
                keep(LedgerFolders.checkpoint(parts.data(), closing.ledger(), origin.epoch()), disk.read(checkpoint));
            }
        } catch (MalformedException damaged) {
            throw new IOException(shown + ": " + damaged.getMessage(), damaged);
        }
    }

    private void keep(Path file, byte[] bytes) throws IOException {
        if (!disk.exists(file) || !Arrays.equals(disk.read(file), bytes)) {
            disk.replace(file, bytes);
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void publish(Closing closing, SigningKey key) throws IOException {
        String ledger = closing.ledger();
        Optional<byte[]> last = parts.store().last(ledger);
        // An earlier run may have published more already, with what it told root.
        Optional<byte[]> own = last.flatMap(bytes -> SignedHead.of(bytes, key.verifierKey(), ""))
                .map(head -> head.note().bytes());
        byte[] note = own.isPresent()
                ? own.orElseThrow()
                : Checkpoint.of(key.verifierKey().name(), new TreeHead(closing.here(), root(closing)))
                        .sign(key)
                        .bytes();
        if (own.isEmpty()) {
            parts.store().compareAndSet(ledger, last, note);
        }
        keep(LedgerFolders.key(parts.data(), ledger), line(key.verifierKey().toString()));
        keep(LedgerFolders.checkpoint(parts.data(), ledger), note);
    }

    private static Hash root(Closing closing) throws IOException {
        try {
            return Hash.fromBase64(closing.root());
        } catch (MalformedException damaged) {
            throw new IOException("the plan closes ledger " + closing.ledger() + " at root " + closing.root(), damaged);
        }
    }

    private void tellRoot(RecoveryPlan plan) throws IOException {
        LedgerIdentity identity = LedgerIdentity.whileRecovering(parts.host(), parts.state(), parts.data(), server);
        SealRecorder noSeals = segment -> {
            throw new IOException("nothing is sealed during a recovery");
        };
        LedgerOpening opening = new LedgerOpening(
                parts.host(),
                parts.data(),
                identity,
                parts.store(),
                parts.journals(),
                parts.rows(),
                noSeals,
                new Duplicates());
        LedgerSettings settings = DefaultLedgers.root();
        Ledger root =
                opening.open(settings, parts.manifest().of(LedgerSettings.ROOT)).ledger();
        try {
            boolean closed =
                    plan.closings().stream().anyMatch(each -> each.ledger().equals(root.name()));
            RootHistory history = closed ? RootHistory.whole(root, parts.rows()) : RootHistory.ofJournal(root);
            List<AuditEvent> untold = new ArrayList<>(
                    plan.acts().stream().filter(act -> !history.tells(act)).toList());
            for (Segment segment : parts.manifest().segments()) {
                if (closed && !history.hasSeal(segment)) {
                    untold.add(RootRecorder.seal(segment).build());
                }
            }
            append(root, untold);
            publishRoot(root);
        } finally {
            root.journal().close();
        }
    }

    private void publishRoot(Ledger root) throws IOException {
        byte[] note = Checkpoint.of(root.origin(), root.head()).sign(root.key()).bytes();
        Optional<byte[]> last = parts.store().last(root.name());
        if (root.head().treeSize() > root.publishedSize()) {
            parts.store().compareAndSet(root.name(), last, note);
        }
        keep(
                LedgerFolders.checkpoint(parts.data(), root.name()),
                parts.store().last(root.name()).orElse(note));
    }

    private void append(Ledger root, List<AuditEvent> acts) throws IOException {
        long now = parts.host().now();
        long first = root.journal().next();
        List<JournalRecord> records = new ArrayList<>();
        List<Hash> leaves = new ArrayList<>();
        for (AuditEvent act : acts) {
            byte[] entry = EventCodec.encode(
                            act.toBuilder().number(Field.TIME, now).build().withReceived(root.receive(now)))
                    .bytes();
            records.add(new JournalRecord(first + records.size(), 0, 0, entry));
            leaves.add(Hash.leaf(entry));
        }
        if (records.isEmpty()) {
            return;
        }
        root.journal().append(records);
        root.journal().sync();
        root.integrate(first, leaves, now);
    }
}
