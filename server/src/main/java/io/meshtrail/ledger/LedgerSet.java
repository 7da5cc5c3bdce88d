package io.meshtrail.ledger;

import io.meshtrail.host.Host;
import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.objectstore.ObjectStore;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All ledgers of a server and the stations that work on them. Opened once; `app` runs the stations and
/// stops them.
public final class LedgerSet implements Ledgers, AutoCloseable {
    /// Batches that are durable and wait for the tree; beyond it the sequencer waits.
    private static final int SEQUENCED_BATCHES = 64;

    /// The longest that [#drain] waits. An index that takes no more rows must not keep a server from
    /// stopping.
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private static final Duration NAP = Duration.ofMillis(5);

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSet.class);

    private final Host host;
    private final OpenLedgers ledgers;
    private final Preparation preparation;
    private final Admission admission;
    private final Appender appender;
    private final Integrator integrator;
    private final Publisher publisher;
    private final RootRecorder root;
    private final Configuring configuring;

    private LedgerSet(
            Host host,
            OpenLedgers ledgers,
            Preparation preparation,
            Admission admission,
            Appender appender,
            Integrator integrator,
            Publisher publisher,
            RootRecorder root,
            Configuring configuring) {
        this.host = host;
        this.ledgers = ledgers;
        this.preparation = preparation;
        this.admission = admission;
        this.appender = appender;
        this.integrator = integrator;
        this.publisher = publisher;
        this.root = root;
        this.configuring = configuring;
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

    /// Opens all ledgers, those that are no longer configured too, and publishes size 0 of those that are
    /// new.
    ///
    /// @throws StaleDataException if the data is older than what was signed
    public static LedgerSet open(Parts parts) throws IOException {
        return open(parts, Outside.NONE);
    }

    /// The same, after a word with those outside.
    public static LedgerSet open(Parts parts, Outside outside) throws IOException {
        Host host = parts.host();
        LedgerIdentity identity = LedgerIdentity.open(host, parts.stateFolder(), parts.data(), parts.origin());
        ToldConfiguration told = ToldConfiguration.read(host.disk(), parts.stateFolder());
        Duplicates duplicates = new Duplicates();
        List<Ledger> all = new CopyOnWriteArrayList<>();
        RootRecorder root = new RootRecorder(host, all);
        LedgerOpening opening = new LedgerOpening(
                host, parts.data(), identity, parts.state(), parts.journals(), parts.rows(), root, duplicates);
        OpenLedgers ledgers = new OpenLedgers(opening, all);
        for (LedgerSettings settings : told.withUnconfigured(parts.settings(), identity.known())) {
            ledgers.open(settings, parts.segments().getOrDefault(settings.name(), List.of()));
        }
        BlockingQueue<SequencedBatch> sequenced = new ArrayBlockingQueue<>(SEQUENCED_BATCHES);
        Admission admission = new Admission(host, parts.data(), parts.journalCap(), all);
        Preparation preparation = new Preparation(parts.blobs(), parts.router(), ledgers.byName());
        Appender appender = new Appender(host, preparation, admission, duplicates, sequenced);
        root.through(appender, admission);
        Integrator integrator = new Integrator(host, sequenced, parts.followers(), all);
        Publisher publisher =
                new Publisher(host, parts.state(), parts.data(), all, parts.checkpointInterval(), outside.decides());
        if (outside.decides()) {
            all.forEach(Ledger::awaitConsent);
        }
        outside.ask(() -> all.stream()
                .<Witnessable>map(ledger -> new WitnessedLedger(ledger, publisher, host.disk(), parts.data()))
                .toList());
        publisher.publish();
        // Entries of a ledger of which nothing was ever signed would look like another server's at the next start.
        for (Ledger ledger : ledgers) {
            if (ledger.published().isEmpty()) {
                throw new IOException("ledger " + ledger.name() + " cannot be opened: "
                        + publisher.trouble().orElse("its first checkpoint is not signed"));
            }
        }
        Configuring configuring =
                new Configuring(host.disk(), parts.stateFolder(), told, ledgers, preparation, publisher, root);
        return new LedgerSet(host, ledgers, preparation, admission, appender, integrator, publisher, root, configuring);
    }

    /// Writes into `root` that the server runs, which ledgers are new, and what of the configuration has
    /// changed. The stations must run.
    public void announce(String detail) throws IOException, InterruptedException {
        configuring.announce();
        root.acted("start", detail);
    }

    /// Changes ledgers and routes while the server runs: opens those that are new, and writes into `root`
    /// what changes before it does. The stations must run. Ledgers that are not named stay as they are.
    ///
    /// @param settings the ledgers that are configured; every target of the router is open or among them
    /// @return the names of the ledgers that are new
    public List<String> configure(List<LedgerSettings> settings, Router router)
            throws IOException, InterruptedException {
        return configuring.apply(settings, router);
    }

    /// The routes by which events go.
    public Router router() {
        return preparation.router();
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
        return ledgers.views().stream().<Sealable>map(LedgerView::ledger).toList();
    }

    /// The ledgers, for merging and pruning.
    public List<Prunable> prunables() {
        return List.copyOf(ledgers.views());
    }

    @Override
    public List<LedgerReader> all() {
        return List.copyOf(ledgers.views());
    }

    @Override
    public Optional<LedgerReader> named(String name) {
        return ledgers.named(name).map(view -> view);
    }

    /// Refuses new events, writes into `root` that the server stops, waits until all that was taken is in
    /// the tree, and
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
        for (LedgerView view : ledgers.views()) {
            view.ledger().journal().close();
        }
    }
}
