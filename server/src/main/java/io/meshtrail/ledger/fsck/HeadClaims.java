package io.meshtrail.ledger.fsck;

import io.meshtrail.ledger.Closing;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/// The heads that signed checkpoints claim for one ledger, by size: each must be the head that the tree
/// has when it grows past that size.
final class HeadClaims {
    private final DataFolder folder;
    private final Findings findings;
    private final TreeMap<Long, List<Claim>> claims = new TreeMap<>();

    /// The epochs that are closed, once they are known.
    private Optional<EpochCheck> closed = Optional.empty();

    HeadClaims(DataFolder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /// From now on checkpoints may also be those of closed epochs, each by its own key.
    void closed(EpochCheck epochs) {
        closed = Optional.of(epochs);
    }

    /// The next epoch began with what survived of the one before.
    void survived(Closing closing) {
        String file = "root/close of " + closing.origin();
        try {
            claims.computeIfAbsent(closing.here(), size -> new ArrayList<>())
                    .add(new Claim(
                            Hash.fromBase64(closing.root()), file, "the close at " + closing.here() + " entries"));
        } catch (MalformedException damaged) {
            findings.add(0, 0, file, damaged.getMessage());
        }
    }

    /// Whether `root` states that the entries a closed epoch signed are lost. A loss beyond that is a
    /// finding.
    private boolean isKnownLoss(Checkpoint checkpoint, String file) {
        Optional<Closing> closing = closed.flatMap(epochs -> epochs.closingOf(checkpoint.origin()));
        if (closing.isEmpty() || checkpoint.treeSize() <= closing.orElseThrow().here()) {
            return false;
        }
        if (checkpoint.treeSize() > closing.orElseThrow().signedSize()) {
            findings.add(
                    closing.orElseThrow().lostTo(),
                    checkpoint.treeSize(),
                    file,
                    "the checkpoint has size " + checkpoint.treeSize() + ", but the close of " + checkpoint.origin()
                            + " explains a loss up to " + closing.orElseThrow().signedSize());
        }
        return true;
    }

    private record Claim(Hash root, String file, String words) {}

    /// Takes a checkpoint, if it is well-formed and signed by the ledger's key, or by that of the closed
    /// epoch whose origin it has; else that is a finding.
    ///
    /// @param current the key of this epoch
    /// @param file who claims it: a file, or `root/<leafIndex>`
    Optional<Checkpoint> add(byte[] bytes, VerifierKey current, String file) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            String origin = note.text().lines().findFirst().orElse("");
            VerifierKey key = closed.flatMap(epochs -> epochs.keyOf(origin)).orElse(current);
            if (!Arrays.equals(note.bytes(), bytes)) {
                throw new MalformedException("the note is not in its canonical form");
            }
            if (folder.looksAt(Mechanism.SIGNATURES)
                    && note.verify(List.of(key)) instanceof NoteVerdict.Refused refused) {
                findings.add(0, 0, file, "the checkpoint's signature: " + refused.why());
                return Optional.empty();
            }
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(key.name())) {
                findings.add(0, 0, file, "the checkpoint is of " + checkpoint.origin() + ", not of " + key.name());
                return Optional.empty();
            }
            if (isKnownLoss(checkpoint, file)) {
                return Optional.of(checkpoint);
            }
            claims.computeIfAbsent(checkpoint.treeSize(), size -> new ArrayList<>())
                    .add(new Claim(checkpoint.root(), file, "the checkpoint of size " + checkpoint.treeSize()));
            return Optional.of(checkpoint);
        } catch (MalformedException damaged) {
            findings.add(0, 0, file, "the checkpoint: " + damaged.getMessage());
            return Optional.empty();
        }
    }

    /// How many there are.
    int count() {
        return claims.values().stream().mapToInt(List::size).sum();
    }

    /// The sizes at which the tree must be looked at.
    NavigableSet<Long> sizes() {
        return claims.navigableKeySet();
    }

    /// The tree has this size now.
    void reached(CompactRange tree) {
        List<Claim> reached = claims.get(tree.size());
        if (reached == null || !folder.looksAt(Mechanism.HEADS)) {
            return;
        }
        Hash root = tree.root();
        for (Claim claim : reached) {
            if (!claim.root().equals(root)) {
                findings.add(
                        0,
                        tree.size(),
                        claim.file(),
                        claim.words() + " has root " + claim.root() + ", the entries have " + root);
            }
        }
    }

    /// The tree ends at this size: no checkpoint that is on record elsewhere may go beyond. What the
    /// checkpoint file says is compared by whoever knows where entries may still be.
    void ended(long size, String checkpointFile) {
        if (!folder.looksAt(Mechanism.SIZES)) {
            return;
        }
        claims.tailMap(size, false)
                .forEach((claimed, each) -> each.stream()
                        .filter(claim -> !claim.file().equals(checkpointFile))
                        .forEach(claim -> findings.add(
                                size, claimed, claim.file(), claim.words() + " covers entries that are not here")));
    }
}
