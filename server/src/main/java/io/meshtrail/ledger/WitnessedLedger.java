package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.ConsistencyProof;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A ledger for its witnesses. Its last witnessed note is the file `ledger/<name>/witnessed`, beside the checkpoint.
final class WitnessedLedger implements Witnessable {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessedLedger.class);

    private final Ledger ledger;
    private final Publisher publisher;
    private final Disk disk;
    private final Path file;

    /// @param data the data folder
    WitnessedLedger(Ledger ledger, Publisher publisher, Disk disk, Path data) {
        this.ledger = ledger;
        this.publisher = publisher;
        this.disk = disk;
        this.file = data.resolve("ledger").resolve(ledger.name()).resolve("witnessed");
    }

    @Override
    public String name() {
        return ledger.name();
    }

    @Override
    public VerifierKey verifierKey() {
        return ledger.key().verifierKey();
    }

    @Override
    public Optional<SignedNote> signed() {
        return ledger.signed().map(Published::note);
    }

    @Override
    public Optional<SignedNote> remembered() throws IOException {
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        SignedNote note;
        Checkpoint checkpoint;
        try {
            note = SignedNote.parse(disk.read(file));
            if (note.verify(List.of(verifierKey())) instanceof NoteVerdict.Refused refused) {
                throw new MalformedException(refused.why());
            }
            checkpoint = Checkpoint.parse(note.text());
        } catch (MalformedException damaged) {
            // The next quorum writes it anew; until then nothing is called witnessed.
            LOG.warn("{} is not used: {}", file, damaged.getMessage());
            return Optional.empty();
        }
        long size = ledger.tree().size();
        if (checkpoint.treeSize() > size) {
            throw new StaleDataException("ledger " + name() + " has " + size + " entries here, but " + file
                    + " is signed for " + checkpoint.treeSize() + ": the data folder is not what it was");
        }
        Hash root = ledger.tree().rootAt(checkpoint.treeSize());
        if (!root.equals(checkpoint.root())) {
            throw new StaleDataException("ledger " + name() + " has root " + root + " at size " + checkpoint.treeSize()
                    + ", but " + file + " is signed for " + checkpoint.root());
        }
        return Optional.of(note);
    }

    @Override
    public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
        try {
            return ConsistencyProof.build(oldSize, newSize, ledger.tree());
        } catch (UncheckedIOException unreadable) {
            throw Objects.requireNonNull(unreadable.getCause());
        }
    }

    @Override
    public void witnessed(SignedNote cosigned) throws IOException {
        // Where witnesses decide, the checkpoint goes first: it may not be older than the note beside it. A crash
        // between the two leaves a checkpoint that the next start shows once it has its quorum again.
        publisher.consented(ledger, cosigned);
        disk.replace(file, cosigned.bytes());
        ledger.witness(cosigned, publisher.now());
    }

    @Override
    public void report(List<WitnessStatus> witnesses) {
        ledger.report(witnesses);
    }

    @Override
    public void stopSigning() {
        ledger.stopSigning();
    }
}
