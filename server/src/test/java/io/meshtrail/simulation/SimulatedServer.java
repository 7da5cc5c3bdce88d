package io.meshtrail.simulation;

import io.meshtrail.app.Takeover;
import io.meshtrail.engine.InMemoryTableEngine;
import io.meshtrail.host.Station;
import io.meshtrail.index.HotIndex;
import io.meshtrail.index.HotSettings;
import io.meshtrail.index.SealSettings;
import io.meshtrail.index.SealStation;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.journal.file.SmallFiles;
import io.meshtrail.ledger.DefaultLedgers;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.fsck.Fsck;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.objectstore.file.FileObjectStore;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.ManifestText;
import io.meshtrail.segment.Sealer;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One life of a server: what `MeshtrailServer` wires, without its listeners, over a simulated host. Only the engine
/// is a fake ([InMemoryTableEngine]).
final class SimulatedServer {
    static final Path DATA = Path.of("/sim/data");
    static final Path STATE = Path.of("/sim/state");

    /// As `LedgerSet` bounds the batches between sequencer and tree; the sequencer would wait for ever beyond it.
    private static final int MOST_BATCHES = 48;

    final InMemoryTableEngine engine;
    final LedgerSet ledgers;
    final HotIndex index;
    final ManifestFile manifest;
    final SegmentReader reader;
    private final SimulatedHost host;
    private final SealStation seals;
    private int batches;

    /// What the seed chose.
    ///
    /// @param fileBytes the size of a journal file
    record Settings(long fileBytes, long sealEvents, int batchRows, int tableRows, Duration checkpointInterval) {}

    SimulatedServer(SimulatedHost host, Signed signed, Settings settings) throws IOException {
        this.host = host;
        SimulatedDisk disk = host.disk();
        disk.makeFolder(DATA);
        disk.makeFolder(STATE);
        disk.syncNames(DATA);
        disk.syncNames(STATE);
        SegmentFiles files = new SegmentFiles(DATA);
        disk.makeFolder(files.folder());
        engine = engine(disk);
        manifest = ManifestFile.open(disk, files);
        Takeover.of(disk, DATA, manifest);
        reader = new SegmentReader(engine, files);
        index = new HotIndex(
                engine,
                manifest,
                new HotSettings(64L << 20, settings.batchRows(), Duration.ofMillis(50), settings.tableRows()),
                host::elapsed);
        Map<String, List<Segment>> segments = new HashMap<>();
        for (LedgerSettings each : DefaultLedgers.settings()) {
            segments.put(each.name(), manifest.current().of(each.name()));
        }
        ledgers = LedgerSet.open(new LedgerSet.Parts(
                host,
                DATA,
                STATE,
                Optional.of("log.example"),
                DefaultLedgers.settings(),
                DefaultLedgers.router(),
                segments,
                signed.watching(new FileCheckpointStore(disk, STATE), name -> durableSize(disk, name)),
                new FileObjectStore(disk, DATA.resolve("blobs")),
                (name, first) ->
                        SmallFiles.open(disk, DATA.resolve("journal").resolve(name), first, settings.fileBytes()),
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
                List.of(index),
                1L << 30,
                settings.checkpointInterval()));
        for (LedgerReader ledger : ledgers.all()) {
            index.expect(ledger.name(), ledger.size());
        }
        seals = new SealStation(
                ledgers::sealables,
                index,
                new Sealer(engine, disk, files),
                manifest,
                new SealSettings(settings.sealEvents(), Duration.ofMinutes(10)),
                host::now);
        host.others(() -> {
            sequence();
            integrate();
        });
    }

    private static InMemoryTableEngine engine(SimulatedDisk disk) {
        return new InMemoryTableEngine(new InMemoryTableEngine.Files() {
            @Override
            public byte[] read(Path file) throws IOException {
                return disk.read(file);
            }

            @Override
            public void write(Path file, byte[] bytes) throws IOException {
                disk.write(file, bytes);
            }
        });
    }

    /// The entries of a ledger that the worst power failure would leave.
    private static long durableSize(SimulatedDisk disk, String ledger) throws IOException {
        return size(disk.afterWorstPowerFailure(), ledger);
    }

    /// The entries of a ledger that are on a disk.
    static long size(SimulatedDisk left, String ledger) throws IOException {
        Path manifest = DATA.resolve("manifest");
        long sealed =
                left.exists(manifest) ? ManifestText.parse(left.read(manifest)).sealedSize(ledger) : 0;
        try (FileJournal journal =
                FileJournal.inspect(left, DATA.resolve("journal").resolve(ledger))) {
            return Math.max(sealed, journal.next());
        }
    }

    void announce() throws IOException, InterruptedException {
        ledgers.announce("simulated");
    }

    boolean sequence() throws IOException, InterruptedException {
        while (batches > MOST_BATCHES && integrate()) {
            // room for what the sequencer makes now
        }
        boolean more = ledgers.appender().advance();
        batches += more ? DefaultLedgers.settings().size() : 0;
        return more;
    }

    boolean integrate() throws IOException, InterruptedException {
        boolean more = ledgers.integrator().advance();
        batches = more ? Math.max(0, batches - 1) : 0;
        return more;
    }

    boolean insert() {
        return index.advance();
    }

    boolean publish() throws IOException {
        return ledgers.publisher().advance();
    }

    Station root() {
        return ledgers.root();
    }

    Station seals() {
        return seals;
    }

    /// What `meshtrail verify --data` would find.
    FsckReport fsck() throws IOException {
        return host.disk().quietly(() -> fsck(host.disk()));
    }

    /// What `meshtrail verify --data` finds without a server.
    static FsckReport fsck(SimulatedDisk disk) throws IOException {
        SegmentReader fresh = new SegmentReader(engine(disk), new SegmentFiles(DATA));
        return new Fsck(
                        disk,
                        DATA,
                        (segment, visitor) -> fresh.read(segment, segment.from(), segment.to(), visitor::entry),
                        name -> FileJournal.inspect(
                                disk, DATA.resolve("journal").resolve(name)),
                        (checked, of) -> {})
                .run();
    }

    /// Ends in order.
    void stop() throws IOException, InterruptedException {
        if (!ledgers.drain("the simulation stops")) {
            throw new IOException("not all entries are published");
        }
        ledgers.close();
    }
}
