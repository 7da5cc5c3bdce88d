package io.meshtrail.index;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.Mergeable;
import io.meshtrail.ledger.Sealable;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.segment.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A ledger in memory, as far as sealing and merging see it. What it was told survives a "crash": it stands for a
/// journal and for `root`, which are durable.
final class Tree implements Sealable, Mergeable {
    private final String name;
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<Segment> recorded = new ArrayList<>();
    private final List<Segment> recordedMerges = new ArrayList<>();
    private long sealedSize;

    Tree(String name) {
        this.name = name;
    }

    synchronized void append(List<AuditEvent> more) {
        events.addAll(more);
    }

    synchronized List<AuditEvent> from(long leafIndex) {
        return List.copyOf(events.subList((int) leafIndex, events.size()));
    }

    synchronized List<Segment> recorded() {
        return List.copyOf(recorded);
    }

    synchronized List<Segment> recordedMerges() {
        return List.copyOf(recordedMerges);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized long sealedSize() {
        return sealedSize;
    }

    @Override
    public synchronized long publishedSize() {
        return events.size();
    }

    @Override
    public synchronized long receivedAt(long leafIndex) {
        return events.get((int) leafIndex).number(Field.RECEIVED).orElseThrow();
    }

    @Override
    public synchronized Hash rangeRoot(long from, long to) {
        CompactRange range = new CompactRange();
        for (AuditEvent event : events.subList((int) from, (int) to)) {
            range.append(Hash.leaf(EventCodec.encode(event).bytes()));
        }
        return range.root();
    }

    @Override
    public synchronized void recordSeal(Segment segment) {
        recorded.add(segment);
    }

    @Override
    public synchronized void sealed(Segment segment) {
        if (segment.from() != sealedSize) {
            throw new IllegalStateException("sealed " + segment.from() + " after " + sealedSize);
        }
        sealedSize = segment.to();
    }

    @Override
    public Duration term() {
        return Duration.ofDays(400);
    }

    @Override
    public long receivedOf(long leafIndex) {
        return receivedAt(leafIndex);
    }

    synchronized void recordMerge(Segment whole) {
        recordedMerges.add(whole);
    }

    @Override
    public void merged(List<Segment> parts, Segment whole) {
        // entries are read from memory here
    }
}
