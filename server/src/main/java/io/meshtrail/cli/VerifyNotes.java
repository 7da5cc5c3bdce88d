package io.meshtrail.cli;

import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.Hash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/// `verify --checkpoint` alone: signatures and cosignatures, and that no two checkpoints of one ledger
/// and size contradict each other. Whether they are of one history only the ledger can show.
final class VerifyNotes {
    private final CommandLine line;
    private final TrustOptions trust;

    VerifyNotes(CommandLine line, TrustOptions trust) {
        this.line = line;
        this.trust = trust;
    }

    int run(Remembered remembered) {
        CheckpointCheck check = trust.check();
        Map<String, Hash> roots = new HashMap<>();
        int exit = 0;
        for (Remembered.Kept kept : remembered.notes()) {
            switch (check.check(kept.note())) {
                case CheckpointCheck.Result.Refused refused -> {
                    bad(kept.file() + ": " + refused.why());
                    exit = 1;
                }
                case CheckpointCheck.Result.Trusted trusted -> {
                    Checkpoint checkpoint = trusted.checkpoint();
                    String place = checkpoint.origin() + " of size " + checkpoint.treeSize();
                    Optional<Hash> other = Optional.ofNullable(roots.put(place, checkpoint.root()))
                            .filter(root -> !root.equals(checkpoint.root()));
                    if (other.isPresent()) {
                        bad(kept.file() + ": a fork: " + place + " has the root " + checkpoint.root()
                                + " here and the root " + other.orElseThrow() + " in another checkpoint");
                        exit = 1;
                    }
                    line.getOut()
                            .println(Output.plain("signed: " + place + ", root " + checkpoint.root() + ", "
                                    + trusted.cosigners().size() + " cosignatures of the policy's witnesses"));
                }
            }
        }
        return exit;
    }

    private void bad(String words) {
        line.getErr().println("BAD: " + Output.plain(words));
    }
}
