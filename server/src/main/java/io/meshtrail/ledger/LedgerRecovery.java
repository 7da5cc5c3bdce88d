package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.segment.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The honest way on after a loss: each ledger that signed more than is here is closed with the known
/// loss, and its next epoch opened: a log with another origin and another key, whose tree begins with all
/// entries that survived, at the same leafIndexes. `root` says both. The old origin never signs again.
///
/// No server runs meanwhile; the caller holds the locks of both folders.
public final class LedgerRecovery {
    private final Parts parts;
    private final Disk disk;
    private final Survey survey;
    private final RecoveryKeys keys;

    /// What a recovery works on.
    ///
    /// @param manifest the segments that are here
    /// @param memory who else may know what was signed
    public record Parts(
            Host host,
            Path data,
            Path state,
            Manifest manifest,
            CheckpointStore store,
            JournalOpener journals,
            SealedRows rows,
            Memory memory) {}

    /// Others who remember checkpoints: witnesses.
    public interface Memory {
        /// The checkpoints that are remembered of an origin, verbatim; they are checked against the key.
        /// Whoever cannot be asked is left out.
        List<byte[]> known(VerifierKey key);
    }

    public LedgerRecovery(Parts parts) {
        this.parts = parts;
        this.disk = parts.host().disk();
        this.survey = new Survey(parts);
        this.keys = new RecoveryKeys(parts.host(), parts.state());
    }

    /// Recovers, or goes on with a recovery that was cut short.
    ///
    /// @param reason the operator's words, for whoever reads `root`
    /// @return what was closed
    /// @throws IOException also if there is nothing to recover, or if data was changed and not lost
    public List<Closing> run(String reason) throws IOException {
        try {
            return recover(reason);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private List<Closing> recover(String reason) throws IOException {
        String server = survey.server()
                .orElseThrow(() -> new IOException("neither " + parts.data() + " nor " + parts.state()
                        + " has the key of a ledger root: there is nothing to recover here"));
        Optional<RecoveryPlan> begun = RecoveryPlan.read(disk, parts.state());
        if (begun.isPresent() && !fits(begun.orElseThrow())) {
            begun = Optional.empty();
        }
        RecoveryPlan plan = begun.isPresent() ? begun.orElseThrow() : plan(server, reason);
        new RecoverySteps(parts, keys, server).take(plan);
        return plan.closings();
    }

    private RecoveryPlan plan(String server, String reason) throws IOException {
        Map<String, Remains> all = survey.remains(server);
        ToldConfiguration told = ToldConfiguration.read(disk, parts.state());
        List<AuditEvent> acts = new ArrayList<>();
        for (Map.Entry<String, Remains> each : all.entrySet()) {
            Remains remains = each.getValue();
            if (remains.mustClose()) {
                acts.add(RecoveryPlan.close(remains, reason));
                acts.add(RecoveryPlan.open(remains, keys.next(remains.origin().next()), told.retention(each.getKey())));
            }
        }
        if (acts.isEmpty()) {
            throw new IOException("there is nothing to recover: all " + all.size()
                    + " ledgers have what they signed, and their keys");
        }
        disk.replace(LedgerIdentity.originFile(parts.state()), (server + "\n").getBytes(StandardCharsets.UTF_8));
        RecoveryPlan plan = new RecoveryPlan(acts);
        // From here on no server starts before the recovery is through. Before, nothing but unused keys
        // is left.
        plan.write(disk, parts.state(), parts.host().now());
        return plan;
    }

    /// Whether the data is still what the plan was made for. If it is not, and no step was taken yet, the
    /// plan is given up.
    private boolean fits(RecoveryPlan plan) throws IOException {
        for (Closing closing : plan.closings()) {
            LedgerTree tree = survey.tree(closing.ledger());
            boolean same = tree.size() >= closing.here()
                    && (closing.ledger().equals(LedgerSettings.ROOT) || tree.size() == closing.here())
                    && tree.rootAt(closing.here()).base64().equals(closing.root());
            if (!same) {
                if (RecoverySteps.begun(disk, parts.state(), plan)) {
                    throw new IOException("ledger " + closing.ledger() + " had " + closing.here()
                            + " entries with root " + closing.root() + " when its recovery was begun, and has "
                            + tree.size() + " now: bring back the data as it was then");
                }
                disk.delete(RecoveryPlan.file(parts.state()));
                return false;
            }
        }
        return true;
    }
}
