package io.meshtrail.ledger;

import io.meshtrail.host.Host;
import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.objectstore.ObjectStore;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All ledgers of a server and the stations that work on them. Opened once; `app` runs the stations and stops
/// them.
public final class LedgerSet implements Ledgers, AutoCloseable {
    /// Batches that are durable and wait for the tree; beyond it the sequencer waits.
    private static final int SEQUENCED_BATCHES = 64;

    /// The longest that [#drain] waits. An index that takes no more rows must not keep a server from stopping.
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private static final Duration NAP = Duration.ofMillis(5);

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSet.class);

    private final Host host;
    private final Map<String, LedgerView> views;
    private final Admission admission;
    private final Appender appender;
    private final Integrator integrator;
    private final Publisher publisher;
    private final RootRecorder root;
    private final List<Ledger> opened;

    private LedgerSet(
            Host host,
            Map<String, LedgerView> views,
            Admission admission,
            Appender appender,
            Integrator integrator,
            Publisher publisher,
            RootRecorder root,
            List<Ledger> opened) {
        this.host = host;
        this.views = views;
        this.admission = admission;
        this.appender = appender;
        this.integrator = integrator;
        this.publisher = publisher;
        this.root = root;
        this.opened = opened;
    }

    /// What a set of ledgers is made of.
    ///
    /// @param data the data folder
    /// @param stateFolder keys and the origin
    /// @param origin what the operator asked for, if anything
    /// @param settings the ledgers, `root` among them
    /// @param segments what the manifest lists of each
    /// @param journalCap the most bytes of all journals together
    /// @param checkpointInterval how often checkpoints are signed
    public record Parts(
            Host host,
            Path data,
            Path stateFolder,
            Optional<String> origin,
            List<LedgerSettings> settings,
            Router router,
            Map<String, List<Segment>> segments,
            CheckpointStore state,
            ObjectStore blobs,
            JournalOpener journals,
            SealedRows rows,
            List<Follower> followers,
            long journalCap,
            Duration checkpointInterval) {}

    /// Opens all ledgers and publishes size 0 of those that are new.
    ///
    /// @throws StaleDataException if the data is older than what was signed
    public static LedgerSet open(Parts parts) throws IOException {
        Host host = parts.host();
        LedgerIdentity identity = LedgerIdentity.open(host, parts.stateFolder(), parts.data(), parts.origin());
        List<Ledger> ledgers = new ArrayList<>();
        RootRecorder root = new RootRecorder(host, ledgers);
        Duplicates duplicates = new Duplicates();
        LedgerOpening opening = new LedgerOpening(
                host, parts.data(), identity, parts.state(), parts.journals(), parts.rows(), root, duplicates);
        Map<String, LedgerView> views = new LinkedHashMap<>();
        Map<String, Ledger> byName = new LinkedHashMap<>();
        for (LedgerSettings settings : parts.settings()) {
            LedgerView view = opening.open(settings, parts.segments().getOrDefault(settings.name(), List.of()));
            views.put(settings.name(), view);
            byName.put(settings.name(), view.ledger());
            ledgers.add(view.ledger());
        }
        List<Ledger> opened =
                ledgers.stream().filter(ledger -> ledger.published().isEmpty()).toList();
        BlockingQueue<SequencedBatch> sequenced = new ArrayBlockingQueue<>(SEQUENCED_BATCHES);
        Admission admission = new Admission(host, parts.data(), parts.journalCap(), ledgers);
        Appender appender = new Appender(
                host, new Preparation(parts.blobs(), parts.router(), byName), admission, duplicates, sequenced);
        root.through(appender, admission);
        Integrator integrator = new Integrator(host, sequenced, parts.followers(), ledgers);
        Publisher publisher = new Publisher(host, parts.state(), parts.data(), ledgers, parts.checkpointInterval());
        publisher.publish();
        return new LedgerSet(host, views, admission, appender, integrator, publisher, root, opened);
    }

    /// Writes into `root` that the server runs, and which ledgers are new. The stations must run.
    public void announce(String detail) throws IOException, InterruptedException {
        LedgerView rootView = Objects.requireNonNull(views.get(LedgerSettings.ROOT), "there is no ledger root");
        Set<String> told = Openings.toldIn(rootView);
        for (LedgerView view : views.values()) {
            // A crash right after the first start may have kept openings out of root.
            boolean maybeUntold = opened.contains(view.ledger()) || rootView.sealedSize() == 0;
            if (maybeUntold && !told.contains(view.name())) {
                root.opened(view.ledger());
            }
        }
        root.acted("start", detail);
    }

    public Appender appender() {
        return appender;
    }

    public Admission admission() {
        return admission;
    }

    public Integrator integrator() {
        return integrator;
    }

    public Publisher publisher() {
        return publisher;
    }

    public RootRecorder root() {
        return root;
    }

    /// The ledgers, for sealing.
    public List<Sealable> sealables() {
        return views.values().stream().<Sealable>map(LedgerView::ledger).toList();
    }

    @Override
    public List<LedgerReader> all() {
        return List.copyOf(views.values());
    }

    @Override
    public Optional<LedgerReader> named(String name) {
        return Optional.ofNullable(views.get(name));
    }

    /// Refuses new events, writes into `root` that the server stops, waits until all that was taken is in the
    /// tree, and
    /// publishes it. The stations must still run.
    /// @return whether all was published; if not, the journal has it and the next start publishes it
    public boolean drain(String detail) throws IOException, InterruptedException {
        try {
            root.acted("stop", detail);
        } catch (RootRecorder.RefusedException full) {
            LOG.warn("The stop is not on record: {}", full.getMessage());
        }
        appender.stop("the server is stopping");
        long start = host.elapsed();
        boolean idle = appender.isIdle() && integrator.isIdle();
        while (!idle && host.elapsed() - start < DRAIN.toNanos()) {
            host.pause(NAP);
            idle = appender.isIdle() && integrator.isIdle();
        }
        publisher.publish();
        return idle && publisher.trouble().isEmpty();
    }

    @Override
    public void close() throws IOException {
        for (LedgerView view : views.values()) {
            view.ledger().journal().close();
        }
    }
}
