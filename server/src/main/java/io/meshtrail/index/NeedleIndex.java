package io.meshtrail.index;

import io.meshtrail.host.Disk;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.NeedleQuery;
import io.meshtrail.segment.RowRange;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.Sidecars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The sidecars that may be believed, and what they say of the rows of a snapshot. Any thread.
///
/// Always: a segment whose sidecar was not checked since the start, or could not be read just now, is read
/// whole. So a lost or damaged sidecar costs time and never an event.
public final class NeedleIndex {
    private final Optional<Beside> beside;
    private final Set<Segment> checked = ConcurrentHashMap.newKeySet();

    private record Beside(Sidecars sidecars, NeedleGroups groups) {}

    /// @param temporary a folder for working files, which nobody reads after the next start
    public NeedleIndex(Sidecars sidecars, Disk disk, SegmentFiles files, Path temporary) {
        this(Optional.of(new Beside(sidecars, new NeedleGroups(disk, files, temporary))));
    }

    private NeedleIndex(Optional<Beside> beside) {
        this.beside = beside;
    }

    /// One that knows nothing.
    static NeedleIndex none() {
        return new NeedleIndex(Optional.empty());
    }

    /// Removes what an earlier start has left.
    public void clear() throws IOException {
        if (beside.isPresent()) {
            beside.orElseThrow().groups().clear();
        }
    }

    /// Brings segments together, so that fewer sidecars must be looked into; a bounded piece of work.
    ///
    /// @param live the segments of the manifest
    /// @return whether there was something to do
    boolean sumUp(List<Segment> live) throws IOException {
        return beside.isPresent()
                && beside.orElseThrow()
                        .groups()
                        .step(live.stream().filter(checked::contains).toList());
    }

    /// Whether a segment's sidecar may be believed.
    boolean isChecked(Segment segment) {
        return checked.contains(segment);
    }

    /// How many may be believed.
    public int size() {
        return checked.size();
    }

    /// A segment's sidecar follows from its rows.
    void check(Segment segment) {
        checked.add(segment);
    }

    /// Forgets all segments but these.
    void retain(Manifest live) {
        checked.retainAll(Set.copyOf(live.segments()));
    }

    /// The sources with the rows alone that can answer; those without any are left out.
    ///
    /// @param segments the manifest from which the sources were taken
    List<RowSource> narrowed(Manifest segments, List<RowSource> sources, NeedleQuery query) {
        if (beside.isEmpty()) {
            return sources;
        }
        Map<String, Map<Long, Segment>> byFrom = new HashMap<>();
        Map<Segment, Boolean> canAnswer = beside.orElseThrow().groups().canAnswer(query);
        List<RowSource> narrowed = new ArrayList<>();
        for (RowSource source : sources) {
            Segment segment = byFrom.computeIfAbsent(
                            source.ledger(),
                            ledger ->
                                    segments.of(ledger).stream().collect(Collectors.toMap(Segment::from, each -> each)))
                    .get(source.from());
            if (segment == null || segment.to() != source.to()) {
                narrowed.add(source);
            } else if (canAnswer.getOrDefault(segment, true) || !checked.contains(segment)) {
                narrowed(segment, source, query).ifPresent(narrowed::add);
            }
        }
        return List.copyOf(narrowed);
    }

    private Optional<RowSource> narrowed(Segment segment, RowSource source, NeedleQuery query) {
        if (!checked.contains(segment)) {
            return Optional.of(source);
        }
        try {
            Optional<List<RowRange>> rows = beside.orElseThrow().sidecars().rows(segment, query);
            if (rows.isPresent()) {
                return rows.orElseThrow().isEmpty() ? Optional.empty() : Optional.of(source.only(rows.orElseThrow()));
            }
        } catch (IOException unreadable) {
            // Below: it is checked again, and made again if need be.
        }
        checked.remove(segment);
        return Optional.of(source);
    }
}
