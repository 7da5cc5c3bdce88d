package io.meshtrail.index;

import io.meshtrail.ledger.Mergeable;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds neighbours to merge: those with the fewest rows first, and only so many that a row is not written again for
/// the sake of a few others: the largest may be half of the whole at most. So each row is rewritten a handful of
/// times in its life.
final class MergePlan {
    private final long mostRows;

    /// When the first and the last entry of segments were received; reading that costs a slice of the file.
    private final Map<Segment, Span> spans = new HashMap<>();

    private record Span(long first, long last) {}

    /// @param mostRows of the merged segment
    MergePlan(long mostRows) {
        this.mostRows = mostRows;
    }

    /// The next merge of a ledger; empty if there is none.
    ///
    /// @param segments the ledger's, in order
    /// @param isFree whether a segment may be touched
    Optional<List<Segment>> next(Mergeable ledger, List<Segment> segments, Predicate<Segment> isFree)
            throws IOException {
        spans.keySet().removeIf(known -> known.ledger().equals(ledger.name()) && !segments.contains(known));
        List<Segment> best = List.of();
        for (int i = 0; i + 1 < segments.size(); i++) {
            List<Segment> run = run(ledger, segments.subList(i, segments.size()), isFree);
            if (run.size() > 1 && (best.isEmpty() || average(run) < average(best))) {
                best = run;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(best));
    }

    private static long average(List<Segment> run) {
        return rows(run) / run.size();
    }

    private static long rows(List<Segment> run) {
        return run.stream().mapToLong(Segment::size).sum();
    }

    /// The longest run from the first segment on that is worth a merge.
    private List<Segment> run(Mergeable ledger, List<Segment> segments, Predicate<Segment> isFree) throws IOException {
        List<Segment> run = new ArrayList<>();
        List<Segment> worth = List.of();
        long rows = 0;
        long largest = 0;
        for (Segment segment : segments) {
            rows += segment.size();
            largest = Math.max(largest, segment.size());
            if (rows > mostRows || !isFree.test(segment)) {
                break;
            }
            run.add(segment);
            if (run.size() > 1 && 2 * largest <= rows) {
                if (!isNarrow(ledger, run.getFirst(), segment)) {
                    break;
                }
                worth = List.copyOf(run);
            }
        }
        return worth;
    }

    private boolean isNarrow(Mergeable ledger, Segment first, Segment last) throws IOException {
        Duration most = ledger.term().dividedBy(MergeSettings.PARTS_OF_TERM);
        long span = span(ledger, last).last() - span(ledger, first).first();
        return Duration.ofNanos(span).compareTo(most) <= 0;
    }

    private Span span(Mergeable ledger, Segment segment) throws IOException {
        Span known = spans.get(segment);
        if (known == null) {
            known = new Span(ledger.receivedOf(segment.from()), ledger.receivedOf(segment.to() - 1));
            spans.put(segment, known);
        }
        return known;
    }
}
