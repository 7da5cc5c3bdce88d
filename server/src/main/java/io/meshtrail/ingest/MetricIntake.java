package io.meshtrail.ingest;

import io.meshtrail.counter.Readings;
import io.meshtrail.reconcile.Reconciler;
import io.meshtrail.source.Hints;
import io.meshtrail.source.MetricDecoder;
import java.util.concurrent.CompletableFuture;

/// Reports of metrics: on to the reconciliation, which keeps nothing of them but totals.
final class MetricIntake implements ExportIntake {
    private final MetricDecoder decoder;
    private final Reconciler reconciler;

    MetricIntake(MetricDecoder decoder, Reconciler reconciler) {
        this.decoder = decoder;
        this.reconciler = reconciler;
    }

    @Override
    public String records() {
        return "DataPoints";
    }

    @Override
    public CompletableFuture<Outcome> take(byte[] plain, Hints hints, String sender) {
        Readings readings = decoder.decode(plain, hints.observer().orElse(""));
        reconciler.read(readings, hints.received());
        boolean nothing = readings.kept().isEmpty() && readings.others() == 0;
        return CompletableFuture.completedFuture(
                nothing && !readings.complaints().isEmpty()
                        ? new Outcome.Unreadable(readings.complaints())
                        : new Outcome.Taken(readings.complaints().size(), readings.complaints()));
    }
}
