package io.meshtrail.retention;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.host.Disk;
import io.meshtrail.ledger.Hold;
import io.meshtrail.ledger.Prunable;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentCheck;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads a whole segment before it goes: proves once more that it is what was sealed, and asks of every event whether
/// something keeps it. What a query means is asked of the events themselves, not of an engine and its statistics.
final class SegmentTrial {
    private final TableEngine engine;
    private final Disk disk;
    private final SegmentFiles files;
    private final RetentionHistory history;
    private final HoldDesk desk;
    private final List<RetentionClass> classes;

    SegmentTrial(
            TableEngine engine,
            Disk disk,
            SegmentFiles files,
            RetentionHistory history,
            HoldDesk desk,
            List<RetentionClass> classes) {
        this.engine = engine;
        this.disk = disk;
        this.files = files;
        this.history = history;
        this.desk = desk;
        this.classes = List.copyOf(classes);
    }

    /// What keeps a segment.
    ///
    /// @param received when its youngest entry was received
    /// @param until when the terms of all its events are over, nanoseconds since 1970
    /// @param hold one that keeps an event of it
    /// @param holdsVersion as of which holds were asked
    record Verdict(long received, long until, Optional<Hold> hold, long holdsVersion) {
        boolean lets(long now) {
            return hold.isEmpty() && until <= now;
        }
    }

    /// @throws IOException if the segment is not what was sealed, or not what `root` has on record
    Verdict of(Prunable ledger, Segment segment) throws IOException {
        if (!history.hasSealed(segment)) {
            throw new IOException("root does not have segment " + segment.ledger() + "/" + segment.file()
                    + " on record as the manifest has it; it is not pruned");
        }
        new SegmentCheck(engine, disk, files).checkBytes(segment);
        long version = history.holdsVersion();
        Walk walk = new Walk(ledger, segment, desk.over(segment.ledger(), segment.from(), segment.to()));
        new SegmentReader(engine, files)
                .read(
                        segment,
                        segment.from(),
                        segment.to(),
                        (leafIndex, bytes, offset, length) ->
                                walk.entry(leafIndex, Arrays.copyOfRange(bytes, offset, offset + length)));
        return walk.verdict(version);
    }

    /// One reading.
    private final class Walk {
        private final Prunable ledger;
        private final Segment segment;
        private final List<HoldMatcher> holds;
        private final CompactRange range = new CompactRange();
        private long received = Long.MIN_VALUE;
        private long until = Long.MIN_VALUE;
        private Optional<Hold> hold = Optional.empty();
        private Optional<IOException> damaged = Optional.empty();

        Walk(Prunable ledger, Segment segment, List<HoldMatcher> holds) {
            this.ledger = ledger;
            this.segment = segment;
            this.holds = holds;
        }

        void entry(long leafIndex, byte[] entry) {
            range.append(Hash.leaf(entry));
            try {
                judge(new Address(segment.ledger(), leafIndex), EventCodec.decode(entry));
            } catch (EntryFormatException broken) {
                damaged = Optional.of(new IOException(
                        "entry " + segment.ledger() + "/" + leafIndex + ": " + broken.getMessage(), broken));
            }
        }

        private void judge(Address address, AuditEvent event) {
            long at = event.number(Field.RECEIVED).orElse(Long.MAX_VALUE);
            received = Math.max(received, at);
            until = Math.max(until, later(at, RetentionHistory.nanos(ledger.term())));
            for (RetentionClass each : classes) {
                long end = later(at, RetentionHistory.nanos(each.term()));
                if (end > until && each.has(address, event)) {
                    until = end;
                }
            }
            if (hold.isEmpty()) {
                hold = holds.stream()
                        .filter(each -> each.holds(address, event))
                        .map(HoldMatcher::hold)
                        .findFirst();
            }
        }

        private static long later(long at, long nanos) {
            return at > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : at + nanos;
        }

        Verdict verdict(long holdsVersion) throws IOException {
            if (damaged.isPresent()) {
                throw damaged.get();
            }
            Hash tree = ledger.rangeRoot(segment.from(), segment.to());
            if (!range.root().equals(segment.root()) || !tree.equals(segment.root())) {
                throw new IOException("segment " + segment.ledger() + "/" + segment.file() + " has root "
                        + range.root() + ", " + segment.root() + " was sealed, the tree has " + tree
                        + "; it is not pruned");
            }
            return new Verdict(received, until, hold, holdsVersion);
        }
    }
}
