package io.meshtrail;

import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.host.Host;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.index.HotIndex;
import io.meshtrail.index.HotSettings;
import io.meshtrail.index.MergeSettings;
import io.meshtrail.index.NeedleIndex;
import io.meshtrail.index.SealSettings;
import io.meshtrail.index.SealStation;
import io.meshtrail.index.SidecarStation;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.DefaultLedgers;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.ledger.fsck.Fsck;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.ledger.fsck.ScrubSettings;
import io.meshtrail.ledger.fsck.ScrubStation;
import io.meshtrail.ledger.fsck.SegmentEntries;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.objectstore.file.FileObjectStore;
import io.meshtrail.retention.GuardedBlobs;
import io.meshtrail.retention.Retention;
import io.meshtrail.retention.RetentionSettings;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Sealer;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import io.meshtrail.segment.SegmentRows;
import io.meshtrail.segment.Sidecars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The stations of a server without its listeners, over a temporary folder: everything real, sealing when
/// a test says so.
public final class Workbench implements AutoCloseable {
    public final Host host;
    public final Path data;
    public final LedgerSet ledgers;
    public final HotIndex index;
    private final TableEngine engine;
    private final SegmentReader reader;
    private final SealStation seals;
    /// Checks and makes sidecars; runs only when it is asked to.
    public final SidecarStation sidecars;
    public final ManifestFile manifest;
    public final Retention retention;
    /// What the guard of blobs takes for the time, nanoseconds.
    public volatile long blobClock;

    /// By ledger, what it must have at least.
    private final Map<String, Long> sizes = new HashMap<>();

    private final Deque<StationThread> threads = new ArrayDeque<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /// @param sealEvents rows that are enough for a segment
    public Workbench(Path folder, long sealEvents) throws IOException, InterruptedException {
        this(folder, new SystemHost(), sealEvents, DefaultLedgers.settings(), RetentionSettings.DEFAULT);
    }

    /// @param settings the ledgers with their terms
    /// @param kept how they are kept; merging goes up to eight segments
    public Workbench(Path folder, Host host, long sealEvents, List<LedgerSettings> settings, RetentionSettings kept)
            throws IOException, InterruptedException {
        this.host = host;
        data = folder.resolve("data");
        Path state = folder.resolve("data.state");
        SegmentFiles files = new SegmentFiles(data);
        host.disk().makeFolder(files.folder());
        host.disk().makeFolder(state);
        engine = DuckDbEngine.open(EngineSettings.of(1L << 30, 2, folder.resolve("temporary"), files.folder()));
        reader = new SegmentReader(engine, files);
        manifest = ManifestFile.open(host.disk(), files);
        manifest.removeOrphans(settings.stream().map(LedgerSettings::name).toArray(String[]::new));
        RetentionHistory history = new RetentionHistory();
        GuardedBlobs blobs = new GuardedBlobs(new FileObjectStore(host.disk(), data.resolve("blobs")), () -> blobClock);
        Sidecars beside = new Sidecars(engine, host.disk(), files);
        NeedleIndex needles = new NeedleIndex(beside, host.disk(), files, folder.resolve("temporary"));
        sidecars = new SidecarStation(manifest, beside, needles);
        index = new HotIndex(engine, manifest, needles, HotSettings.DEFAULT, host::elapsed);
        Map<String, List<Segment>> segments = new HashMap<>();
        for (LedgerSettings each : settings) {
            segments.put(each.name(), manifest.current().of(each.name()));
        }
        ledgers = LedgerSet.open(new LedgerSet.Parts(
                host,
                data,
                state,
                Optional.of("log.example"),
                settings,
                DefaultLedgers.router(),
                segments,
                new FileCheckpointStore(host.disk(), state),
                blobs,
                (name, first) ->
                        FileJournal.open(host.disk(), data.resolve("journal").resolve(name), first),
                (segment, from, to, visitor) -> {
                    List<byte[]> entries = new ArrayList<>();
                    reader.read(
                            segment,
                            from,
                            to,
                            (leafIndex, bytes, offset, length) ->
                                    entries.add(Arrays.copyOfRange(bytes, offset, offset + length)));
                    for (int i = 0; i < entries.size(); i++) {
                        visitor.entry(from + i, entries.get(i));
                    }
                },
                List.of(index, history),
                1L << 30,
                Duration.ofMillis(20)));
        for (LedgerReader ledger : ledgers.all()) {
            index.expect(ledger.name(), ledger.size());
        }
        retention = Retention.open(new Retention.Parts(
                host,
                engine,
                manifest,
                index,
                ledgers,
                settings,
                history,
                blobs,
                kept,
                new MergeSettings(8 * sealEvents, Duration.ZERO)));
        seals = new SealStation(
                ledgers::sealables,
                index,
                new Sealer(engine, host.disk(), files),
                manifest,
                new SealSettings(sealEvents, Duration.ofDays(1)),
                host::now);
        threads.push(host.run("index", index, failure::set));
        threads.push(host.run("appender", ledgers.appender(), failure::set));
        threads.push(host.run("integrator", ledgers.integrator(), failure::set));
        threads.push(host.run("publisher", ledgers.publisher(), failure::set));
        ledgers.announce("test");
        retention.announce();
    }

    /// Appends as one request and waits for the receipt.
    public Receipt append(List<AuditEvent> events) throws Exception {
        List<Submission> submissions = events.stream()
                .map(event -> new Submission(event, "test", null))
                .toList();
        EventSink.Answer answer = ledgers.appender().append(submissions).get();
        Receipt receipt = (Receipt) answer;
        for (Placement placement : receipt.placements()) {
            sizes.merge(placement.address().ledger(), placement.address().leafIndex() + 1, Math::max);
        }
        return receipt;
    }

    /// Appends one event as the record with these bytes.
    public Placement append(AuditEvent event, String identity) throws Exception {
        EventSink.Answer answer = ledgers.appender()
                .append(List.of(new Submission(event, "test", identity.getBytes(StandardCharsets.UTF_8))))
                .get();
        Placement placement = ((Receipt) answer).placements().getFirst();
        sizes.merge(placement.address().ledger(), placement.address().leafIndex() + 1, Math::max);
        return placement;
    }

    /// The engine that holds hot tables, for those who write them elsewhere.
    public TableEngine engine() {
        return engine;
    }

    /// Waits until everything is searchable and under a checkpoint.
    public void settle() {
        for (LedgerReader ledger : ledgers.all()) {
            long size = Math.max(ledger.size(), sizes.getOrDefault(ledger.name(), 0L));
            while (ledger.publishedSize() < size || index.hotEnd(ledger.name()).orElse(ledger.sealedSize()) < size) {
                if (failure.get() != null) {
                    throw new AssertionError("a station failed", failure.get());
                }
                ledgers.publisher().trouble().ifPresent(trouble -> {
                    throw new AssertionError(trouble);
                });
                Thread.onSpinWait();
            }
        }
    }

    /// Seals what is enough.
    public void seal() throws IOException, InterruptedException {
        settle();
        while (seals.advance()) {
            settle();
        }
    }

    /// Prunes and merges what there is to prune and to merge.
    public void keep() throws IOException, InterruptedException {
        settle();
        for (int quiet = 0; quiet < 3; ) {
            boolean more = retention.station().advance() || retention.station().hasAnnounced();
            quiet = more ? 0 : quiet + 1;
            settle();
        }
    }

    /// What `meshtrail verify --data` finds.
    public FsckReport fsck() throws IOException {
        return fsck(rows(), Remembered.NOTHING);
    }

    /// The same with other eyes, and with checkpoints that were kept outside.
    public FsckReport fsck(SegmentEntries rows, Remembered remembered) throws IOException {
        return new Fsck(
                        host.disk(),
                        data,
                        rows,
                        name -> FileJournal.inspect(
                                host.disk(), data.resolve("journal").resolve(name)),
                        Runnable::run,
                        remembered,
                        (checked, of) -> {})
                .run();
    }

    /// The rows of segments as the check reads them.
    public SegmentEntries rows() {
        return (segment, visitor) -> new SegmentReader(engine, new SegmentFiles(data))
                .read(segment, segment.from(), segment.to(), visitor::entry);
    }

    /// How the folder is read again in the background, as fast as a test asks for it.
    public ScrubStation scrubStation() {
        return new ScrubStation(
                host,
                data,
                (segment, visitor) -> new SegmentRows(engine, new SegmentFiles(data)).visit(segment, visitor::entry),
                name -> FileJournal.inspect(host.disk(), data.resolve("journal").resolve(name)),
                ledgers.root(),
                new ScrubSettings(Duration.ofNanos(1), 100));
    }

    /// Publishes everything and stops the stations; the folder can still be checked.
    public void stop() throws IOException, InterruptedException {
        ledgers.drain("the test stops");
        threads.forEach(StationThread::stop);
    }

    @Override
    public void close() throws IOException {
        threads.forEach(StationThread::stop);
        ledgers.close();
        engine.close();
        if (failure.get() != null) {
            throw new IOException("a station failed", failure.get());
        }
    }
}
