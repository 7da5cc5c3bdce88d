package io.meshtrail.retention;

import io.meshtrail.index.HotIndex;
import io.meshtrail.index.Retired;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.Prunable;
import io.meshtrail.ledger.Pruning;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.ledger.RootRecorder;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prunes the oldest segments of ledgers when all their entries are older than they must be kept.
///
/// The order of its steps is what makes a pruning accountable, whatever crashes:
///
/// 1. the segment is proved once more, and nothing keeps it: no hold, no class, no term. A crash leaves everything.
/// 2. `root` says that it is about to go. A crash leaves a statement; the next start proves again and goes on with
///    it.
/// 3. that statement is under a published checkpoint of `root`: it cannot be unsaid.
/// 4. the manifest no longer names the segment, while no hold can come in between. A crash leaves an orphan, which the
///    next start removes; the ledger begins behind it.
/// 5. the file goes, when no snapshot reads it ([Retired]).
///
/// The last segment of a ledger stays whatever its age, since the journal begins where it ends; and `root` is never
/// pruned, since it says what was.
public final class PruneStation {
    private static final Logger LOG = LoggerFactory.getLogger(PruneStation.class);

    /// Segments of one ledger that go together.
    private static final int AT_ONCE = 16;

    private final Supplier<? extends Collection<? extends Prunable>> ledgers;
    private final ManifestFile manifest;
    private final HotIndex index;
    private final Retired retired;
    private final RetentionHistory history;
    private final RootRecorder root;
    private final HoldDesk desk;
    private final SegmentTrial trial;
    private final Duration interval;
    private final LongSupplier now;
    private final LongSupplier elapsed;

    /// Segments that were read and have to stay for a while.
    private final Map<Segment, SegmentTrial.Verdict> kept = new HashMap<>();

    /// When the youngest entry of segments was received.
    private final Map<Segment, Long> received = new HashMap<>();

    private Optional<Announced> announced = Optional.empty();
    private long lastLook;

    /// Segments that `root` says are about to go.
    private record Announced(Prunable ledger, List<Segment> segments, long lastStatement, long holdsVersion) {}

    /// @param ledgers all ledgers as they are at each step
    /// @param interval how often it looks what is due
    /// @param now wall-clock nanoseconds since 1970
    /// @param elapsed nanoseconds of a clock that never goes back
    PruneStation(
            Supplier<? extends Collection<? extends Prunable>> ledgers,
            ManifestFile manifest,
            HotIndex index,
            Retired retired,
            RetentionHistory history,
            RootRecorder root,
            HoldDesk desk,
            SegmentTrial trial,
            Duration interval,
            LongSupplier now,
            LongSupplier elapsed) {
        this.ledgers = ledgers;
        this.manifest = manifest;
        this.index = index;
        this.retired = retired;
        this.history = history;
        this.root = root;
        this.desk = desk;
        this.trial = trial;
        this.interval = interval;
        this.now = now;
        this.elapsed = elapsed;
        this.lastLook = elapsed.getAsLong() - interval.toNanos();
    }

    /// What the ledgers and the index must know after a start of what was pruned before it.
    ///
    /// @return whether anything ever was
    boolean remember() {
        boolean pruned = false;
        for (Prunable ledger : ledgers.get()) {
            long begin = begin(ledger);
            for (Pruning pruning : history.prunings(ledger.name())) {
                if (pruning.to() <= begin) {
                    index.prunes(ledger.name(), pruning.lastTime());
                    ledger.pruned(pruning);
                    pruned = true;
                }
            }
        }
        return pruned;
    }

    private long begin(Prunable ledger) {
        List<Segment> segments = manifest.current().of(ledger.name());
        return segments.isEmpty() ? 0 : segments.getFirst().from();
    }

    boolean hasAnnounced() {
        return announced.isPresent();
    }

    /// Whether a segment is not about to go.
    boolean isFree(Segment segment) {
        return announced.isEmpty() || !announced.get().segments().contains(segment);
    }

    /// Announces what is due, or prunes what was announced.
    ///
    /// @return how many segments went
    int advance() throws IOException, InterruptedException {
        if (announced.isPresent()) {
            return prune(announced.get());
        }
        if (elapsed.getAsLong() - lastLook < interval.toNanos()) {
            return 0;
        }
        lastLook = elapsed.getAsLong();
        for (Prunable ledger : ledgers.get()) {
            if (!ledger.name().equals(LedgerSettings.ROOT) && announced.isEmpty()) {
                announce(ledger);
            }
        }
        return 0;
    }

    private void announce(Prunable ledger) throws IOException, InterruptedException {
        long version = history.holdsVersion();
        List<Segment> segments = manifest.current().of(ledger.name());
        kept.keySet().removeIf(known -> known.ledger().equals(ledger.name()) && !segments.contains(known));
        received.keySet().removeIf(known -> known.ledger().equals(ledger.name()) && !segments.contains(known));
        List<Segment> due = new ArrayList<>();
        long last = -1;
        for (Segment segment : segments.subList(0, Math.min(AT_ONCE, Math.max(0, segments.size() - 1)))) {
            Optional<SegmentTrial.Verdict> verdict = due(ledger, segment, version);
            if (verdict.isEmpty()) {
                break;
            }
            last = Math.max(last, statement(ledger, segment, verdict.get()));
            due.add(segment);
        }
        if (!due.isEmpty()) {
            announced = Optional.of(new Announced(ledger, List.copyOf(due), last, version));
        }
    }

    /// What a reading of the segment says, if nothing keeps it.
    private Optional<SegmentTrial.Verdict> due(Prunable ledger, Segment segment, long version) throws IOException {
        long time = now.getAsLong();
        if (time - receivedOf(ledger, segment) < RetentionHistory.nanos(ledger.term())
                || desk.held(ledger.name(), segment.from(), segment.to())) {
            return Optional.empty();
        }
        SegmentTrial.Verdict known = kept.get(segment);
        if (known != null && known.holdsVersion() == version && !known.lets(time)) {
            return Optional.empty();
        }
        SegmentTrial.Verdict verdict = trial.of(ledger, segment);
        kept.put(segment, verdict);
        return Optional.of(verdict).filter(found -> found.lets(time));
    }

    private long receivedOf(Prunable ledger, Segment segment) throws IOException {
        Long known = received.get(segment);
        if (known == null) {
            known = ledger.receivedOf(segment.to() - 1);
            received.put(segment, known);
        }
        return known;
    }

    /// The entry of `root` that says the segment is about to go: one that a crash left behind, or a new one.
    private long statement(Prunable ledger, Segment segment, SegmentTrial.Verdict verdict)
            throws IOException, InterruptedException {
        Optional<Pruning> before = history.prunings(ledger.name()).stream()
                .filter(pruning -> pruning.isOf(segment) && pruning.term().equals(ledger.term()))
                .findFirst();
        return before.isPresent() ? before.get().rootIndex() : root.prunes(segment, verdict.received(), ledger.term());
    }

    private int prune(Announced due) throws IOException, InterruptedException {
        long published = ledgers.get().stream()
                .filter(ledger -> ledger.name().equals(LedgerSettings.ROOT))
                .mapToLong(Prunable::publishedSize)
                .sum();
        if (published <= due.lastStatement() || !history.awaits(due.lastStatement())) {
            return 0;
        }
        announced = Optional.empty();
        int[] went = {0};
        desk.exclusively(() -> {
            if (history.holdsVersion() != due.holdsVersion()) {
                // A hold came, or went: the next look decides anew.
                lastLook = elapsed.getAsLong() - interval.toNanos();
                return;
            }
            for (Pruning pruning : history.prunings(due.ledger().name())) {
                if (due.segments().stream().anyMatch(pruning::isOf)) {
                    index.prunes(due.ledger().name(), pruning.lastTime());
                }
            }
            manifest.replace(due.segments(), List.of());
            remember();
            retired.add(due.segments());
            went[0] = due.segments().size();
            LOG.info(
                    "Ledger {} is pruned below {}: {} segments",
                    due.ledger().name(),
                    due.segments().getLast().to(),
                    went[0]);
        });
        return went[0];
    }
}
