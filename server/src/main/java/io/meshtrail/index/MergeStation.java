package io.meshtrail.index;

import io.meshtrail.engine.EngineException;
import io.meshtrail.ledger.Mergeable;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.SealMismatchException;
import io.meshtrail.segment.Sealer;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentSql;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Makes one segment of small neighbours, out of their files.
///
/// The order of its steps is the proof that a crash loses nothing:
///
/// 1. the new file is durable and has proved itself against the ledger's tree, as at a seal. A crash leaves an
///    orphan, which the next start removes.
/// 2. `root` has the merge on record. A crash leaves a record of a file that never lived.
/// 3. the manifest names the new segment instead of the old ones. A crash leaves the old files as orphans.
/// 4. the ledger reads from the new segment.
/// 5. the old files go, when no snapshot reads them ([Retired]).
public final class MergeStation {
    private final Supplier<? extends Collection<? extends Mergeable>> ledgers;
    private final Sealer sealer;
    private final ManifestFile manifest;
    private final Retired retired;
    private final Recorder recorder;
    private final MergeSettings settings;
    private final MergePlan plan;
    private final LongSupplier elapsed;
    private final Set<Segment> spoiled = new HashSet<>();
    private long last;

    /// Writes merges into `root`.
    @FunctionalInterface
    public interface Recorder {
        /// Returns when the entry is durable.
        void merges(Segment whole, List<Segment> parts) throws IOException, InterruptedException;
    }

    /// @param ledgers all ledgers as they are at each step
    /// @param elapsed nanoseconds of a clock that never goes back
    public MergeStation(
            Supplier<? extends Collection<? extends Mergeable>> ledgers,
            Sealer sealer,
            ManifestFile manifest,
            Retired retired,
            Recorder recorder,
            MergeSettings settings,
            LongSupplier elapsed) {
        this.ledgers = ledgers;
        this.sealer = sealer;
        this.manifest = manifest;
        this.retired = retired;
        this.recorder = recorder;
        this.settings = settings;
        this.plan = new MergePlan(settings.events());
        this.elapsed = elapsed;
        this.last = elapsed.getAsLong();
    }

    /// Merges one run, if it is time.
    ///
    /// @param isFree whether a segment may be touched, asked on the same thread
    /// @return whether it did
    /// @throws IOException if one of the old files cannot be read or is not what was sealed; they stay, and are not
    ///     tried again before the next start
    public boolean advance(Predicate<Segment> isFree) throws IOException, InterruptedException {
        if (elapsed.getAsLong() - last < settings.interval().toNanos()) {
            return false;
        }
        last = elapsed.getAsLong();
        for (Mergeable ledger : ledgers.get()) {
            Optional<List<Segment>> parts = plan.next(
                    ledger,
                    manifest.current().of(ledger.name()),
                    segment -> isFree.test(segment) && !spoiled.contains(segment));
            if (parts.isPresent()) {
                merge(ledger, parts.get());
                last = elapsed.getAsLong();
                return true;
            }
        }
        return false;
    }

    private void merge(Mergeable ledger, List<Segment> parts) throws IOException, InterruptedException {
        Segment whole = sealed(ledger, parts);
        recorder.merges(whole, parts);
        manifest.replace(parts, List.of(whole));
        ledger.merged(parts, whole);
        retired.add(parts);
    }

    private Segment sealed(Mergeable ledger, List<Segment> parts) throws IOException {
        long from = parts.getFirst().from();
        long to = parts.getLast().to();
        String rows = parts.stream()
                .map(part ->
                        "SELECT * FROM " + SegmentSql.relation(manifest.files().of(part)))
                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
        try {
            return sealer.seal(ledger.name(), from, to, rows, ledger.rangeRoot(from, to));
        } catch (SealMismatchException | EngineException damaged) {
            // The old files stay what they are, damage included: `verify` names the one.
            spoiled.addAll(parts);
            throw new IOException(
                    "segments " + parts.getFirst().file() + " to "
                            + parts.getLast().file() + " of " + ledger.name() + " cannot be merged: "
                            + damaged.getMessage(),
                    damaged);
        }
    }
}
