package io.meshtrail.app;

import io.meshtrail.event.EventSink;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Reason;
import io.meshtrail.event.Submission;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.ingest.SourceRegistry;
import io.meshtrail.reconcile.Gap;
import io.meshtrail.reconcile.Reconciler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reconciliation as a station: writes each gap into the ledger once, and counts it for alarms.
final class Reconciling implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciling.class);

    /// Gaps in one batch; after a long pushback there may be many.
    private static final int BATCH = 256;

    private final Reconciler reconciler;
    private final EventSink sink;
    private final SourceRegistry sources;
    private final Host host;
    private final MeterRegistry metrics;
    private final List<Gap> waiting = new ArrayList<>();

    Reconciling(ReconcileConfig config, EventSink sink, SourceRegistry sources, Host host, MeterRegistry metrics) {
        this.reconciler = new Reconciler(config.flush(), host.now());
        this.sink = sink;
        this.sources = sources;
        this.host = host;
        this.metrics = metrics;
        FunctionCounter.builder("meshtrail.reconcile.readings", reconciler, Reconciler::readings)
                .description("Values of proxies' counters that were taken")
                .register(metrics);
        FunctionCounter.builder("meshtrail.reconcile.other.metrics", reconciler, Reconciler::others)
                .description("Values of metrics that do not serve the reconciliation, and were dropped")
                .register(metrics);
        Gauge.builder("meshtrail.silent.producers", sources, SourceRegistry::silent)
                .description("Producers that told something once and have been quiet for ten minutes")
                .register(metrics);
        for (Reason reason :
                List.of(Reason.DROPPED_BY_PROXY, Reason.UNKNOWN_TAIL, Reason.RESTART, Reason.UNATTRIBUTABLE)) {
            Counter _ = lost(reason);
        }
    }

    Reconciler reconciler() {
        return reconciler;
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        waiting.addAll(reconciler.settle(host.now()));
        if (waiting.isEmpty()) {
            return false;
        }
        List<Gap> batch = List.copyOf(waiting.subList(0, Math.min(BATCH, waiting.size())));
        List<Submission> events = batch.stream()
                .map(gap -> new Submission(gap.event(), gap.proxy(), null))
                .toList();
        try {
            if (sink.append(events).get() instanceof Pushback) {
                return false;
            }
        } catch (ExecutionException stopped) {
            LOG.error("{} gaps could not be written: the ledger has stopped", waiting.size(), stopped);
            return false;
        }
        waiting.subList(0, batch.size()).clear();
        batch.forEach(this::told);
        return !waiting.isEmpty();
    }

    private void told(Gap gap) {
        LOG.warn("{}", gap.event().text(io.meshtrail.event.Field.DETAIL).orElse(""));
        lost(gap.reason()).increment((double) gap.lost());
        sources.lost(gap.proxy(), gap.lost(), gap.reason() == Reason.DROPPED_BY_PROXY);
    }

    private Counter lost(Reason reason) {
        return Counter.builder("meshtrail.reconcile.lost")
                .description("Entries that proxies counted and that never arrived")
                .tag("reason", reason.code())
                .register(metrics);
    }

    @Override
    public void awaitWork() throws InterruptedException {
        Thread.sleep(500);
    }
}
