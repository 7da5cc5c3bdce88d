package io.meshtrail.app;

import io.meshtrail.anchor.AnchorStation;
import io.meshtrail.api.Arrivals;
import io.meshtrail.api.Readiness;
import io.meshtrail.api.WebServer;
import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.event.EventSink;
import io.meshtrail.host.Disk;
import io.meshtrail.host.FileLock;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.http.ExposureCheck;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.index.HotIndex;
import io.meshtrail.index.HotSettings;
import io.meshtrail.index.MergeSettings;
import io.meshtrail.index.NeedleIndex;
import io.meshtrail.index.SealSettings;
import io.meshtrail.index.SealStation;
import io.meshtrail.index.SidecarStation;
import io.meshtrail.index.Snapshot;
import io.meshtrail.ingest.IngestLimits;
import io.meshtrail.ingest.IngestServer;
import io.meshtrail.ingest.SourceRegistry;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.mask.Mask;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.objectstore.file.FileObjectStore;
import io.meshtrail.privacy.SubjectTable;
import io.meshtrail.privacy.Subjects;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.embedded.EmbeddedQueryEngine;
import io.meshtrail.retention.GuardedBlobs;
import io.meshtrail.retention.Retention;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Sealer;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import io.meshtrail.segment.Sidecars;
import io.meshtrail.source.envoy.AlsStreamDecoder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole server, wired by hand: read [#start] from top to bottom to see what it is made of.
final class MeshtrailServer implements java.io.Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshtrailServer.class);

    /// Searches and reads that run at once; others wait.
    private static final int SEARCHES = 16;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<Throwable> failure = Optional.empty();

    private final Host host = new SystemHost();
    /// What writes entries of its own accord, and must end before the last checkpoint.
    private final Deque<StationThread> background = new ArrayDeque<>();

    private Optional<LedgerSet> ledgers = Optional.empty();
    private Optional<WebServer> web = Optional.empty();
    private Optional<IngestServer> ingest = Optional.empty();

    private MeshtrailServer() {}

    /// Opens the folders, brings the ledgers back, and starts stations and listeners.
    ///
    /// @throws io.meshtrail.ledger.StaleDataException if the data is older than what was signed
    ///
    /// @param file the configuration file, to be watched
    static MeshtrailServer start(ServerConfig config, Optional<ConfigFile> file) throws Exception {
        MeshtrailServer server = new MeshtrailServer();
        try {
            server.open(config, file);
            return server;
        } catch (Exception | Error failed) {
            server.closeAll();
            throw failed;
        }
    }

    private void open(ServerConfig config, Optional<ConfigFile> file) throws Exception {
        List<ListenAddress> webAddresses = addresses("web", config.web(), config);
        List<ListenAddress> ingestAddresses = addresses("ingest", config.ingest(), config);
        Path data = config.data().toAbsolutePath();
        Path state = config.state().toAbsolutePath();
        openFolders(data, state);
        Disk disk = host.disk();

        SegmentFiles segmentFiles = new SegmentFiles(data);
        disk.makeFolder(segmentFiles.folder());
        Path temporary = data.resolve("tmp");
        disk.makeFolder(temporary);
        TableEngine engine = closing(DuckDbEngine.open(
                EngineSettings.of(config.engineBytes(), config.engineThreads(), temporary, segmentFiles.folder())));
        ManifestFile manifest = ManifestFile.open(disk, segmentFiles);
        InterruptedSeals.takeOver(disk, data, manifest);
        SegmentReader reader = new SegmentReader(engine, segmentFiles);

        Sidecars sidecars = new Sidecars(engine, disk, segmentFiles);
        NeedleIndex needles = new NeedleIndex(sidecars, disk, segmentFiles, temporary);
        needles.clear();
        HotIndex index = new HotIndex(engine, manifest, needles, HotSettings.DEFAULT, host::elapsed);
        Arrivals arrivals = new Arrivals();
        RetentionHistory history = new RetentionHistory();
        GuardedBlobs blobs = new GuardedBlobs(new FileObjectStore(disk, data.resolve("blobs")), host::elapsed);
        Witnessing witnessing = closing(Witnessing.of(host, config.witness()));
        LedgerSet.Parts ledgerParts = new LedgerSet.Parts(
                host,
                data,
                state,
                config.origin(),
                config.ledgers().ledgers(),
                config.ledgers().router(),
                segments(manifest),
                new FileCheckpointStore(disk, state),
                blobs,
                (name, from) -> FileJournal.open(disk, data.resolve("journal").resolve(name), from),
                (segment, from, to, visitor) -> readRows(reader, segment, from, to, visitor),
                List.of(index, arrivals, history),
                config.journalBytes(),
                config.checkpointInterval());
        LedgerSet set = closing(LedgerSet.open(ledgerParts, witnessing.outside()));
        ledgers = Optional.of(set);
        LedgerUpkeep.expect(index, set);
        Retention retention = Retention.open(new Retention.Parts(
                host,
                engine,
                manifest,
                index,
                set,
                config.ledgers().ledgers(),
                history,
                blobs,
                config.retention().settings(),
                new MergeSettings(config.sealEvents(), config.retention().mergeInterval())));
        Optional<ConfigWatch> watch = LedgerUpkeep.watch(host, file, config, set, index, retention);
        SealStation seal = new SealStation(
                set::sealables,
                index,
                new Sealer(engine, disk, segmentFiles),
                manifest,
                new SealSettings(config.sealEvents(), config.sealAge()),
                host::now);
        RetryingStation sealing = new RetryingStation("sealing", seal, host::elapsed);
        RetryingStation heartbeat = new RetryingStation("root", set.root(), host::elapsed);
        run("index", index);
        run("appender", set.appender());
        run("integrator", set.integrator());
        run("publisher", set.publisher());
        run("root", heartbeat, background);
        run("seal", sealing, background);
        run(
                "sidecars",
                new RetryingStation("sidecars", new SidecarStation(manifest, sidecars, needles), host::elapsed),
                background);
        witnessing.station(set).ifPresent(station -> run("witness", station, background));
        set.announce("meshtrail " + Version.of());
        retention.announce();
        watch.ifPresent(station ->
                run("configuration", new RetryingStation("configuration", station, host::elapsed), background));

        Scrubbing scrubbing = new Scrubbing(host, data, engine, set, config.scrub());
        run("scrub", scrubbing.station(), background);

        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        scrubbing.measure(metrics, set);
        LedgerUpkeep.measure(watch, metrics);
        witnessing.meter(metrics, set);
        AnchorStation anchors = Anchors.open(config.anchors(), host, data, set, metrics);
        if (!anchors.statuses().isEmpty()) {
            run("anchors", anchors, background);
        }
        Executor decoding = Executors.newVirtualThreadPerTaskExecutor();
        // Searches wait in native calls, which would pin the carriers that decoding needs.
        Executor searching = Executors.newFixedThreadPool(
                SEARCHES, Thread.ofPlatform().daemon().name("search-", 0).factory());
        SourceRegistry sources = new SourceRegistry(host::now);
        Reconciling reconciling = new Reconciling(config.reconcile(), set.appender(), sources, host, metrics);
        run("reconcile", reconciling, background);
        EmbeddedQueryEngine stored = new EmbeddedQueryEngine(index, host::elapsed);
        Optional<Subjects> subjects =
                Privacy.open(host, state, config.privacy(), set, stored, retention.desk(), this::fail);
        subjects.ifPresent(this::closing);
        // Only now, since holds are asked about stored events.
        RetryingStation retaining = new RetryingStation("retention", retention.station(), host::elapsed);
        run("retention", retaining, background);
        subjects.ifPresent(all -> metrics.gauge("meshtrail_subjects", all.table(), SubjectTable::count));
        QueryEngine queries = subjects.map(Subjects::queries).orElse(stored);
        Changes changes = closing(new Changes(queries, blobs, host::now));
        EventSink door = changes.sink(set.appender());
        ConsulWatching.of(host, config.consul(), door, changes.inForce())
                .ifPresent(
                        watching -> run("consul", new RetryingStation("consul", watching, host::elapsed), background));
        Answering answering = closing(Answering.open(host, index, engine, temporary, config.sql()));
        Readiness readiness = new Readiness(List.of(
                () -> failure.map(broken -> "the server is stopping: " + broken.getMessage()),
                () -> set.integrator().isReplaying()
                        ? Optional.of("the index is catching up with the journal")
                        : Optional.empty(),
                () -> set.admission().refusal(),
                () -> set.publisher().trouble(),
                heartbeat::trouble,
                sealing::trouble));
        web = Optional.of(closing(WebServer.start(
                webAddresses,
                new WebServer.Parts(
                        queries,
                        set,
                        name -> searchable(index, name),
                        anchors::statuses,
                        new BackgroundWork(
                                scrubbing, List.of(retaining::trouble, sealing::trouble, heartbeat::trouble)),
                        arrivals,
                        retention.desk(),
                        changes.story()::derived,
                        changes.routes(),
                        sources,
                        readiness,
                        metrics,
                        host::now,
                        searching,
                        subjects,
                        answering.work()))));
        ingest = Optional.of(closing(IngestServer.start(
                ingestAddresses,
                new IngestServer.Parts(
                        door,
                        peer -> new AlsStreamDecoder(Mask.DEFAULT),
                        Decoders.all(Mask.DEFAULT),
                        Decoders.exports(Mask.DEFAULT),
                        witnessing.checkpoints(set),
                        sources,
                        reconciling.reconciler(),
                        metrics,
                        host::now,
                        decoding,
                        IngestLimits.standard()))));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopFromSignal));
    }

    private void openFolders(Path data, Path state) throws IOException {
        Disk disk = host.disk();
        disk.makeFolder(data);
        disk.makeFolder(state);
        disk.makePrivate(state);
        lock(data, "data");
        lock(state, "state");
        // A process that was killed between a rename and the sync of its folder leaves a name that a power failure
        // still takes back: what is built on a manifest must not outlive it.
        disk.syncNames(data);
        disk.syncNames(state);
        if (disk.sameVolume(data, state)) {
            LOG.warn("The state folder {} is on the same volume as the data: losing the volume loses both", state);
        }
    }

    private void lock(Path folder, String what) throws IOException {
        Optional<FileLock> lock = host.disk().lock(folder.resolve("lock"));
        if (lock.isEmpty()) {
            throw new IOException("the " + what + " folder " + folder + " is in use by another meshtrail process");
        }
        closing(lock.orElseThrow());
    }

    private static List<ListenAddress> addresses(String listener, String text, ServerConfig config) {
        List<ListenAddress> addresses = new ArrayList<>();
        addresses.add(ListenAddress.parse(text));
        if (listener.equals("ingest") && text.equals(ServerConfig.DEFAULT_INGEST)) {
            addresses.add(new ListenAddress(addresses.getFirst().host(), 4318));
        }
        addresses.forEach(address -> ExposureCheck.check(listener, address, config.insecure()));
        return addresses;
    }

    private static Map<String, List<Segment>> segments(ManifestFile manifest) {
        Map<String, List<Segment>> segments = new HashMap<>();
        for (String ledger : manifest.current().ledgers()) {
            segments.put(ledger, manifest.current().of(ledger));
        }
        return segments;
    }

    static void readRows(
            SegmentReader reader, Segment segment, long from, long to, io.meshtrail.ledger.SealedRows.Visitor visitor)
            throws IOException {
        List<IOException> refused = new ArrayList<>();
        reader.read(segment, from, to, (leafIndex, bytes, offset, length) -> {
            try {
                visitor.entry(leafIndex, Arrays.copyOfRange(bytes, offset, offset + length));
            } catch (IOException failed) {
                refused.add(failed);
            }
        });
        if (!refused.isEmpty()) {
            throw refused.getFirst();
        }
    }

    private static long searchable(HotIndex index, String ledger) {
        try (Snapshot snapshot = index.snapshot()) {
            return snapshot.asOf().getOrDefault(ledger, 0L);
        }
    }

    private void run(String name, Station station) {
        run(name, station, new ArrayDeque<>());
    }

    private void run(String name, Station station, Deque<StationThread> among) {
        StationThread thread = host.run(name, station, this::fail);
        open.push(thread::stop);
        among.push(thread);
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /// An invariant is broken or the disk cannot be trusted any more: stopping is safe, guessing is not.
    private void fail(Throwable broken) {
        failure = Optional.of(broken);
        LOG.error("Meshtrail stops: {}", broken.getMessage(), broken);
        stopping.countDown();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(2_000);
            } catch (InterruptedException soon) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
    }

    /// Says on which ports it listens: the sign that it is ready.
    void announce(PrintWriter out) {
        ingest.ifPresent(listener -> listener.addresses().stream()
                .map(address -> "ingest " + shown(address))
                .sorted()
                .forEach(out::println));
        web.ifPresent(listener -> listener.addresses().forEach(address -> out.println("web http://" + shown(address))));
        out.flush();
    }

    /// An address as a URL writes it.
    private static String shown(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /// Waits until the server is told to stop or fails, and returns the exit code.
    int awaitStop() throws InterruptedException {
        stopping.await();
        return failure.isPresent() ? 1 : 0;
    }

    /// The last word on the exit code is ours: after an orderly stop it is 0, also for SIGTERM.
    private void stopFromSignal() {
        stopping.countDown();
        try {
            stopped.await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        Runtime.getRuntime().halt(failure.isPresent() ? 1 : 0);
    }

    /// Stops receiving, publishes what was taken, and closes everything in the reverse order of its
    /// opening.
    @Override
    public void close() throws IOException {
        try {
            ingest.ifPresent(IngestServer::close);
            if (failure.isEmpty() && ledgers.isPresent()) {
                background.forEach(StationThread::stop);
                if (!ledgers.orElseThrow().drain("an orderly stop")) {
                    LOG.warn(
                            "Not all entries are under a checkpoint; they are in the journal, the next start publishes them");
                }
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            closeAll();
            stopped.countDown();
        }
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failed) {
                LOG.warn("On closing: {}", failed.toString());
            }
        }
    }
}
