package io.meshtrail.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The live segments of all ledgers at one moment. Immutable; a change is a new manifest. Always: the
/// segments of a ledger follow each other without gap or overlap, ordered by their range.
/// `docs/formats/manifest.md` has the bytes, [ManifestText] reads and prints them.
public final class Manifest {
    /// No segment at all.
    public static final Manifest EMPTY = new Manifest(List.of());

    private static final Comparator<Segment> ORDER =
            Comparator.comparing(Segment::ledger).thenComparingLong(Segment::from);

    private final List<Segment> segments;
    private final SortedMap<String, List<Segment>> byLedger;

    private Manifest(List<Segment> segments) {
        this.segments = segments;
        TreeMap<String, List<Segment>> grouped =
                segments.stream().collect(Collectors.groupingBy(Segment::ledger, TreeMap::new, Collectors.toList()));
        this.byLedger = Collections.unmodifiableSortedMap(grouped);
    }

    /// A manifest of these segments, in any order.
    ///
    /// @throws ManifestException if two of a ledger overlap or leave a gap
    public static Manifest of(List<Segment> segments) throws ManifestException {
        List<Segment> sorted = segments.stream().sorted(ORDER).toList();
        for (int i = 1; i < sorted.size(); i++) {
            Segment before = sorted.get(i - 1);
            Segment after = sorted.get(i);
            if (before.ledger().equals(after.ledger()) && before.to() != after.from()) {
                throw new ManifestException("segments of " + after.ledger() + ": one ends at " + before.to()
                        + ", the next begins at " + after.from());
            }
        }
        return new Manifest(sorted);
    }

    /// All segments, by ledger and range.
    public List<Segment> segments() {
        return segments;
    }

    /// The segments of a ledger, by range; none if it has none.
    public List<Segment> of(String ledger) {
        return Collections.unmodifiableList(byLedger.getOrDefault(ledger, List.of()));
    }

    /// The ledgers that have segments, by name.
    public Set<String> ledgers() {
        return byLedger.keySet();
    }

    /// One more than the last leafIndex in a segment of a ledger; 0 if there is none.
    public long sealedSize(String ledger) {
        List<Segment> own = of(ledger);
        return own.isEmpty() ? 0 : own.getLast().to();
    }

    /// This manifest without some segments and with others.
    ///
    /// @throws ManifestException if one to go is not there, or the rest does not fit together
    Manifest change(List<Segment> remove, List<Segment> add) throws ManifestException {
        List<Segment> changed = new ArrayList<>(segments);
        for (Segment gone : remove) {
            if (!changed.remove(gone)) {
                throw new ManifestException("no such segment: " + gone.ledger() + " " + gone.file());
            }
        }
        changed.addAll(add);
        return of(changed);
    }
}
