package io.meshtrail.index;

import io.meshtrail.host.Disk;
import io.meshtrail.segment.NeedleQuery;
import io.meshtrail.segment.NeedleSummary;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The summaries of checked sidecars, 64 segments each, whichever ledgers they are of. One thread makes and
/// drops them ([#step]); any thread asks.
final class NeedleGroups {
    /// A summary of which fewer segments live is given up, and the rest summed up anew.
    private static final int LEAST_LIVE = NeedleSummary.SEGMENTS / 2;

    private final Disk disk;
    private final SegmentFiles files;
    private final Path folder;
    private volatile List<NeedleSummary> summaries = List.of();
    private long made;

    /// @param folder for working files, which nobody reads after the next start
    NeedleGroups(Disk disk, SegmentFiles files, Path folder) {
        this.disk = disk;
        this.files = files;
        this.folder = folder;
    }

    /// Removes what an earlier start has left.
    void clear() throws IOException {
        for (Path file : disk.list(folder)) {
            if (String.valueOf(file.getFileName()).matches("needles-[0-9]+(\\.tmp)?")) {
                disk.delete(file);
            }
        }
    }

    /// Drops one summary that is nearly empty, or makes one if there is enough for it.
    ///
    /// @param live segments whose sidecars are checked
    /// @return whether it did
    boolean step(List<Segment> live) throws IOException {
        Set<Segment> living = new HashSet<>(live);
        for (NeedleSummary summary : summaries) {
            if (summary.segments().stream().filter(living::contains).count() < LEAST_LIVE) {
                drop(summary);
                return true;
            }
        }
        Set<Segment> summed = new HashSet<>();
        summaries.forEach(summary -> summed.addAll(summary.segments()));
        List<Segment> loose =
                live.stream().filter(segment -> !summed.contains(segment)).toList();
        if (loose.size() < NeedleSummary.SEGMENTS) {
            return false;
        }
        disk.makeFolder(folder);
        Path file = folder.resolve("needles-" + ++made);
        NeedleSummary.make(disk, files, file, loose.subList(0, NeedleSummary.SEGMENTS))
                .ifPresent(this::add);
        return true;
    }

    private void add(NeedleSummary summary) {
        List<NeedleSummary> more = new ArrayList<>(summaries);
        more.add(summary);
        summaries = List.copyOf(more);
    }

    private void drop(NeedleSummary summary) throws IOException {
        List<NeedleSummary> fewer = new ArrayList<>(summaries);
        fewer.remove(summary);
        summaries = List.copyOf(fewer);
        summary.remove();
    }

    /// For segments that are summed up, whether they can answer; of others nothing is said.
    Map<Segment, Boolean> canAnswer(NeedleQuery query) {
        Map<Segment, Boolean> answers = new HashMap<>();
        for (NeedleSummary summary : summaries) {
            try {
                long mask = summary.mask(query);
                for (int i = 0; i < summary.segments().size(); i++) {
                    answers.put(summary.segments().get(i), (mask >>> i & 1) == 1);
                }
            } catch (IOException dropped) {
                // It was dropped this moment; the sidecars themselves are asked.
            }
        }
        return answers;
    }
}
