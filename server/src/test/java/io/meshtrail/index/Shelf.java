package io.meshtrail.index;

import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.host.Disk;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Sealer;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The index over one data folder as it is between a start and a stop: engine, manifest, hot tables and
/// seals. Its clock stands still until a test moves it.
final class Shelf implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMinutes(1);

    final SegmentFiles files;
    final TableEngine engine;
    final ManifestFile manifest;
    final HotIndex index;
    final SealStation seals;
    long clock;
    long wall = io.meshtrail.segment.SampleEvents.BASE;

    private Shelf(Path data, Disk disk, HotSettings hot, SealSettings seal, List<Tree> trees) throws IOException {
        files = new SegmentFiles(data);
        Path segments = files.folder();
        java.nio.file.Files.createDirectories(segments);
        engine = DuckDbEngine.open(EngineSettings.of(1L << 30, 2, data.resolve("temporary"), segments));
        manifest = ManifestFile.open(disk, files);
        index = new HotIndex(engine, manifest, hot, () -> clock);
        Sealer sealer = new Sealer(engine, disk, files);
        seals = new SealStation(() -> trees, index, sealer, manifest, seal, () -> wall);
    }

    static Shelf open(Path data, Disk disk, HotSettings hot, SealSettings seal, List<Tree> trees) throws IOException {
        return new Shelf(data, disk, hot, seal, trees);
    }

    /// What a server does at its start: leftovers away, interrupted seals finished, the journal replayed.
    static Shelf restart(Path data, Disk disk, HotSettings hot, SealSettings seal, List<Tree> trees)
            throws IOException, InterruptedException {
        Shelf shelf = new Shelf(data, disk, hot, seal, trees);
        for (Tree tree : trees) {
            shelf.manifest.recover(tree.recorded());
            shelf.manifest.removeOrphans(tree.name());
            long sealed = shelf.manifest.current().sealedSize(tree.name());
            for (Segment segment : shelf.manifest.current().of(tree.name())) {
                if (segment.from() == tree.sealedSize()) {
                    tree.sealed(segment);
                }
            }
            shelf.index.expect(tree.name(), tree.publishedSize());
            shelf.index.integrated(tree.name(), sealed, tree.from(sealed));
        }
        shelf.insertAll();
        return shelf;
    }

    /// Brings events into a tree and the index, and waits until they are searchable.
    void add(Tree tree, List<AuditEvent> events) throws InterruptedException {
        long first = tree.publishedSize();
        tree.append(events);
        index.integrated(tree.name(), first, events);
        insertAll();
    }

    void insertAll() {
        clock += HotSettings.DEFAULT.batchDelay().toNanos();
        while (index.advance()) {
            clock += HotSettings.DEFAULT.batchDelay().toNanos();
        }
    }

    /// Counts rows and the sum of their places, over all sources of one ledger.
    static long[] countAndSum(Snapshot snapshot, String ledger) {
        long[] found = {0, 0};
        for (RowSource source : snapshot.sources()) {
            if (source.ledger().equals(ledger)) {
                long[] part = snapshot.engine()
                        .query(
                                "SELECT count(*), coalesce(sum(\"leafIndex\"), 0), min(\"leafIndex\"), max(\"leafIndex\") FROM "
                                        + source.relation(),
                                List.of(),
                                LIMIT,
                                rows -> {
                                    rows.next();
                                    return new long[] {
                                        rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)
                                    };
                                });
                if (part[0] != source.to() - source.from() || part[2] != source.from() || part[3] != source.to() - 1) {
                    throw new AssertionError(source + " has " + part[0] + " rows from " + part[2] + " to " + part[3]);
                }
                found[0] += part[0];
                found[1] += part[1];
            }
        }
        return found;
    }

    /// The number of hot tables that the engine holds.
    long tables() {
        return engine.query("SELECT count(*) FROM duckdb_tables()", List.of(), LIMIT, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    @Override
    public void close() {
        engine.close();
    }
}
