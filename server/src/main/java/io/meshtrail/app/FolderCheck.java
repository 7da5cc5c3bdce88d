package io.meshtrail.app;

import io.meshtrail.cli.DataFolderCheck;
import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.fsck.Fsck;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.ledger.fsck.Progress;
import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// `meshtrail verify --data`, with an engine of its own that believes no cache, and a worker for each
/// core: segments are read side by side.
final class FolderCheck implements DataFolderCheck {
    private static final long ENGINE_BYTES = 512L << 20;

    /// More workers would only share the memory of the engine.
    private static final int MOST_WORKERS = 8;

    @Override
    public FsckReport check(Path data, Remembered remembered, Progress progress) throws IOException {
        Path folder = data.toAbsolutePath();
        Disk disk = new SystemDisk();
        SegmentFiles files = new SegmentFiles(folder);
        Path temporary = Files.createTempDirectory("meshtrail-verify");
        int workers = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
        // One thread of the engine: each worker drives its own question.
        EngineSettings settings =
                new EngineSettings(ENGINE_BYTES, 1, temporary, List.of(files.folder()), workers, false);
        ExecutorService pool = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("verify-", 0).factory());
        try (TableEngine engine = DuckDbEngine.open(settings)) {
            SegmentRows rows = new SegmentRows(engine, files);
            return new Fsck(
                            disk,
                            folder,
                            (segment, visitor) -> rows.visit(segment, visitor::entry),
                            name -> FileJournal.inspect(
                                    disk, folder.resolve("journal").resolve(name)),
                            pool,
                            remembered,
                            progress)
                    .run();
        } finally {
            pool.shutdownNow();
            Files.deleteIfExists(temporary);
        }
    }
}
