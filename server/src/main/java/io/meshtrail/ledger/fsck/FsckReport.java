package io.meshtrail.ledger.fsck;

import io.meshtrail.ledger.Closing;
import io.meshtrail.proof.TreeHead;
import java.util.List;

/// What a check found.
///
/// @param ledgers each ledger as its bytes say, in the order of names
/// @param findings everything that is wrong; empty if all is sound
/// @param blobs the number of blobs checked
/// @param losses the epochs of ledgers that were closed with a loss that `root` states, oldest first
/// @param uncovered files in the folder that no check answers for
public record FsckReport(
        List<CheckedLedger> ledgers,
        List<Finding> findings,
        long blobs,
        List<Closing> losses,
        List<Uncovered> uncovered) {
    public FsckReport {
        ledgers = List.copyOf(ledgers);
        findings = List.copyOf(findings);
        losses = List.copyOf(losses);
        uncovered = List.copyOf(uncovered);
    }

    /// A file whose bytes prove nothing, and how it may have come there. It is no finding: nothing reads
    /// it.
    public record Uncovered(String file, String why) {}

    public boolean isSound() {
        return findings.isEmpty();
    }

    /// @param head size and root of all entries that are there
    /// @param published the size of the checkpoint that is shown
    /// @param sealed entries in segments
    /// @param journalled entries in the journal
    /// @param checkpoints checkpoints of this ledger that were compared
    /// @param torn bytes at the journal's end of a record that was being written when the process died;
    ///     nobody was
    ///     promised it
    public record CheckedLedger(
            String name,
            TreeHead head,
            long published,
            int segments,
            long sealed,
            long journalled,
            int checkpoints,
            long torn) {}
}
