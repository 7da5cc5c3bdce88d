package io.meshtrail.ledger.fsck;

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

/// The heads that signed checkpoints claim for one ledger, by size: each must be the head that the tree has when it
/// grows past that size.
final class HeadClaims {
    private final Findings findings;
    private final TreeMap<Long, List<Claim>> claims = new TreeMap<>();

    HeadClaims(Findings findings) {
        this.findings = findings;
    }

    private record Claim(Hash root, String file, String words) {}

    /// Takes a checkpoint, if it is well-formed and signed by the ledger's key; else that is a finding.
    ///
    /// @param file who claims it: a file, or `root/<leafIndex>`
    Optional<Checkpoint> add(byte[] bytes, VerifierKey key, String file) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            if (!Arrays.equals(note.bytes(), bytes)) {
                throw new MalformedException("the note is not in its canonical form");
            }
            if (note.verify(List.of(key)) instanceof NoteVerdict.Refused refused) {
                findings.add(0, 0, file, "the checkpoint's signature: " + refused.why());
                return Optional.empty();
            }
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(key.name())) {
                findings.add(0, 0, file, "the checkpoint is of " + checkpoint.origin() + ", not of " + key.name());
                return Optional.empty();
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
        if (reached == null) {
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

    /// The tree ends at this size: no checkpoint that is on record elsewhere may go beyond. What the checkpoint
    /// file says is compared by whoever knows where entries may still be.
    void ended(long size, String checkpointFile) {
        claims.tailMap(size, false)
                .forEach((claimed, each) -> each.stream()
                        .filter(claim -> !claim.file().equals(checkpointFile))
                        .forEach(claim -> findings.add(
                                size, claimed, claim.file(), claim.words() + " covers entries that are not here")));
    }
}
