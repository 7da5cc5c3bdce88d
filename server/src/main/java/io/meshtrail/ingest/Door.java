package io.meshtrail.ingest;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.reconcile.Reconciler;
import io.meshtrail.source.Decoded;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/// The way from decoded records to durable ones, with everything counted on it: what all receivers share.
final class Door {
    private final EventSink sink;
    private final SourceRegistry sources;
    private final IngestMetrics metrics;
    private final Reconciler reconciler;
    private final Packer packer = new Packer(new Refusals());
    private final LongSupplier now;

    Door(EventSink sink, SourceRegistry sources, IngestMetrics metrics, Reconciler reconciler, LongSupplier now) {
        this.sink = sink;
        this.sources = sources;
        this.metrics = metrics;
        this.reconciler = reconciler;
        this.now = now;
    }

    long now() {
        return now.getAsLong();
    }

    Reconciler reconciler() {
        return reconciler;
    }

    IngestMetrics metrics() {
        return metrics;
    }

    Source source(String producer, String format) {
        return sources.source(producer, format);
    }

    /// Packs the records of one message or body, and counts what arrived and what was refused.
    void pack(List<Decoded> decoded, Source source, byte[] input, boolean repeatable, long received, Batch batch) {
        int before = batch.rejected().size();
        packer.pack(decoded, source, input, repeatable, received, batch);
        metrics.rejected(source.id(), batch.rejected().size() - before);
        source.arrived(input.length, received);
        metrics.arrived(input.length);
    }

    /// Packs the records of one producer in an export; the export as a whole is counted with [#arrived].
    void packPart(List<Decoded> decoded, Source source, byte[] input, long received, Batch batch) {
        int before = batch.rejected().size();
        packer.pack(decoded, source, input, true, received, batch);
        metrics.rejected(source.id(), batch.rejected().size() - before);
        source.arrived(bytes(decoded), received);
    }

    private static long bytes(List<Decoded> decoded) {
        long bytes = 0;
        for (Decoded one : decoded) {
            bytes += one instanceof Decoded.Event event ? event.record().length : 0;
        }
        return bytes;
    }

    /// Counts bytes that arrived.
    void arrived(long bytes) {
        metrics.arrived(bytes);
    }

    /// Hands a batch in. A batch without submissions is durable at once.
    CompletableFuture<EventSink.Answer> append(Batch batch) {
        return append(batch.submissions());
    }

    /// Hands submissions in, as one.
    CompletableFuture<EventSink.Answer> append(List<Submission> submissions) {
        if (submissions.isEmpty()) {
            return CompletableFuture.completedFuture(new Receipt(List.of()));
        }
        return sink.append(submissions).thenApply(this::counted);
    }

    private EventSink.Answer counted(EventSink.Answer answer) {
        if (answer instanceof Pushback) {
            metrics.pushedBack();
        }
        return answer;
    }

    /// Counts a batch that is durable.
    void durable(Batch batch, Source source, Receipt receipt, long received) {
        List<Placement> placements = batch.placements(receipt);
        long duplicates = placements.stream().filter(Placement::duplicate).count();
        source.durable(batch.events(), placements, received);
        source.ignored(batch.ignoredCount());
        source.gaps(batch.refusalCount());
        List<AuditEvent> events = batch.events();
        for (int i = 0; i < events.size(); i++) {
            if (!placements.get(i).duplicate()) {
                reconciler.arrived(events.get(i), source.id());
            }
        }
        metrics.accepted(placements.size() - duplicates);
        metrics.duplicate(duplicates);
        metrics.ignored(batch.ignoredCount());
    }
}
