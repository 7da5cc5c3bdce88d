package io.meshtrail.retention;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Host;
import io.meshtrail.index.HotIndex;
import io.meshtrail.index.MergeSettings;
import io.meshtrail.index.MergeStation;
import io.meshtrail.index.Retired;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Sealer;
import java.io.IOException;
import java.util.List;

/// All that keeps and lets go, over one set of ledgers.
public final class Retention {
    private final LedgerSet ledgers;
    private final TermsCheck check;
    private final HoldDesk desk;
    private final RetentionStation station;

    private Retention(LedgerSet ledgers, TermsCheck check, HoldDesk desk, RetentionStation station) {
        this.ledgers = ledgers;
        this.check = check;
        this.desk = desk;
        this.station = station;
    }

    /// What it is made of.
    ///
    /// @param terms the ledgers and how long each keeps its entries
    /// @param history a follower of the ledgers that has read nothing yet
    /// @param blobs the same through which blobs are put
    public record Parts(
            Host host,
            TableEngine engine,
            ManifestFile manifest,
            HotIndex index,
            LedgerSet ledgers,
            List<LedgerSettings> terms,
            RetentionHistory history,
            GuardedBlobs blobs,
            RetentionSettings settings,
            MergeSettings merge) {}

    /// Reads `root`, and refuses settings that contradict it. The stations need not run yet.
    ///
    /// @throws IllegalArgumentException if in compliance mode a term is shorter than on record
    public static Retention open(Parts parts) throws IOException {
        Host host = parts.host();
        ManifestFile manifest = parts.manifest();
        LedgerReader root = parts.ledgers().named(LedgerSettings.ROOT).orElseThrow();
        RetentionHistory history = parts.history();
        new RootReplay(parts.engine(), manifest).into(history, root);
        TermsCheck check = new TermsCheck(history, parts.settings());
        check.require(parts.terms());
        HoldDesk desk = new HoldDesk(
                history, parts.ledgers().root(), parts.ledgers(), root.status().origin(), host.random(), host::now);
        Retired retired = new Retired(host.disk(), manifest.files(), parts.index());
        PruneStation prunes = new PruneStation(
                parts.ledgers()::prunables,
                manifest,
                parts.index(),
                retired,
                history,
                parts.ledgers().root(),
                desk,
                new SegmentTrial(
                        parts.engine(),
                        host.disk(),
                        manifest.files(),
                        history,
                        desk,
                        parts.settings().classes()),
                parts.settings().interval(),
                host::now,
                host::elapsed);
        boolean pruned = prunes.remember();
        MergeStation merges = new MergeStation(
                parts.ledgers()::prunables,
                new Sealer(parts.engine(), host.disk(), manifest.files()),
                manifest,
                retired,
                parts.ledgers().root()::merges,
                parts.merge(),
                host::elapsed);
        BlobSweep blobs = new BlobSweep(parts.index(), parts.blobs());
        RetentionStation station = new RetentionStation(prunes, merges, retired, blobs, pruned, host::elapsed);
        return new Retention(parts.ledgers(), check, desk, station);
    }

    /// Puts changed classes, mode and approvers on record. The stations must run.
    public void announce() throws IOException, InterruptedException {
        check.record(ledgers.root());
    }

    /// Refuses terms that contradict those on record, before they are applied.
    ///
    /// @throws IllegalArgumentException if in compliance mode one is shorter
    public void require(List<LedgerSettings> terms) {
        check.require(terms);
    }

    /// What prunes and merges.
    public RetentionStation station() {
        return station;
    }

    public HoldDesk desk() {
        return desk;
    }
}
