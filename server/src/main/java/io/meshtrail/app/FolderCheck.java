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
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `meshtrail verify --data`, with an engine of its own that believes no cache.
final class FolderCheck implements DataFolderCheck {
    private static final long ENGINE_BYTES = 512L << 20;

    @Override
    public FsckReport check(Path data, Progress progress) throws IOException {
        Path folder = data.toAbsolutePath();
        Disk disk = new SystemDisk();
        SegmentFiles files = new SegmentFiles(folder);
        Path temporary = Files.createTempDirectory("meshtrail-verify");
        EngineSettings settings = new EngineSettings(ENGINE_BYTES, 1, temporary, List.of(files.folder()), 1, false);
        try (TableEngine engine = DuckDbEngine.open(settings)) {
            SegmentReader reader = new SegmentReader(engine, files);
            return new Fsck(
                            disk,
                            folder,
                            (segment, visitor) -> reader.read(segment, segment.from(), segment.to(), visitor::entry),
                            name -> FileJournal.inspect(
                                    disk, folder.resolve("journal").resolve(name)),
                            progress)
                    .run();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
