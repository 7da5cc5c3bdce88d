package io.meshtrail.index;

import io.meshtrail.host.Station;
import io.meshtrail.ledger.Sealable;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Sealer;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.util.Collection;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Seals hot rows into segments when there are enough of them or they are old enough.
///
/// The order of its steps is the proof that a crash loses nothing:
///
/// 1. the file is durable under its name, and has proved itself. A crash leaves an orphan; the entries are in
///    the journal, the orphan is removed at the next start.
/// 2. the ledger has recorded the seal in `root`. A crash leaves a record and an orphan; the next start takes
///    the orphan over ([ManifestFile#recover]) or seals again.
/// 3. the manifest names the segment: from here on it is what readers and snapshots see. A crash leaves
///    entries in the journal that are also in a segment; the next start does step 4 again.
/// 4. the ledger lets its journal go.
/// 5. the hot index lets its rows go, by itself, since the manifest has them.
public final class SealStation implements Station {
    private final Supplier<? extends Collection<? extends Sealable>> ledgers;
    private final HotIndex index;
    private final Sealer sealer;
    private final ManifestFile manifest;
    private final SealSettings settings;
    private final LongSupplier now;

    /// @param ledgers all ledgers as they are at each step
    /// @param now wall-clock nanoseconds since 1970
    public SealStation(
            Supplier<? extends Collection<? extends Sealable>> ledgers,
            HotIndex index,
            Sealer sealer,
            ManifestFile manifest,
            SealSettings settings,
            LongSupplier now) {
        this.ledgers = ledgers;
        this.index = index;
        this.sealer = sealer;
        this.manifest = manifest;
        this.settings = settings;
        this.now = now;
    }

    /// Seals at most one run.
    ///
    /// @throws io.meshtrail.segment.SealMismatchException if rows and tree disagree: ingest must stop
    @Override
    public boolean advance() throws IOException, InterruptedException {
        for (Sealable ledger : ledgers.get()) {
            finishInterrupted(ledger);
            long from = ledger.sealedSize();
            long end = sealableEnd(ledger, from);
            if (end > from) {
                seal(ledger, from, end);
                return true;
            }
        }
        return false;
    }

    @Override
    public void awaitWork() throws InterruptedException {
        Thread.sleep(200);
    }

    /// Step 4 of seals that a crash, or an error before it, cut short after step 3.
    private void finishInterrupted(Sealable ledger) throws IOException {
        for (Segment segment : manifest.current().of(ledger.name())) {
            if (segment.from() == ledger.sealedSize()) {
                ledger.sealed(segment);
            }
        }
    }

    /// One more than the last entry that can be sealed now; `from` if it is not time yet.
    private long sealableEnd(Sealable ledger, long from) throws IOException {
        long searchable = index.hotEnd(ledger.name()).orElse(0);
        long ready = Math.min(ledger.publishedSize(), searchable) - from;
        long aligned = Math.min(ready, settings.most()) / SealSettings.ALIGNMENT * SealSettings.ALIGNMENT;
        if (aligned <= 0) {
            return from;
        }
        boolean enough = ready >= settings.events();
        boolean old = ready >= SealSettings.LEAST_BY_AGE
                && now.getAsLong() - ledger.receivedAt(from) >= settings.age().toNanos();
        return enough || old ? from + aligned : from;
    }

    private void seal(Sealable ledger, long from, long to) throws IOException, InterruptedException {
        Segment segment;
        try (HotRows rows = index.rows(ledger.name(), from, to)) {
            segment = sealer.seal(ledger.name(), from, to, rows.relation(), ledger.rangeRoot(from, to));
        }
        ledger.recordSeal(segment);
        manifest.add(segment);
        ledger.sealed(segment);
    }
}
