package io.meshtrail.app;

import io.meshtrail.cli.DataFolderRecovery;
import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.host.FileLock;
import io.meshtrail.host.Host;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.Closing;
import io.meshtrail.ledger.LedgerRecovery;
import io.meshtrail.objectstore.file.FileCheckpointStore;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `meshtrail ledgers recover`, on the folders of this machine, with an engine of its own.
final class FolderRecovery implements DataFolderRecovery {
    private static final long ENGINE_BYTES = 512L << 20;

    @Override
    public List<Closing> recover(Path data, Path state, String reason, TlogPolicy policy, PrintWriter err)
            throws IOException {
        Host host = new SystemHost();
        Disk disk = host.disk();
        disk.makeFolder(data);
        disk.makeFolder(state);
        disk.makePrivate(state);
        try (FileLock _ = lock(disk, data);
                FileLock _ = lock(disk, state)) {
            return locked(host, data, state, reason, new AskedWitnesses(policy, err));
        }
    }

    private static FileLock lock(Disk disk, Path folder) throws IOException {
        Optional<FileLock> lock = disk.lock(folder.resolve("lock"));
        return lock.orElseThrow(
                () -> new IOException(folder + " is in use by another meshtrail process: stop the server first"));
    }

    private static List<Closing> locked(Host host, Path data, Path state, String reason, LedgerRecovery.Memory memory)
            throws IOException {
        Disk disk = host.disk();
        SegmentFiles files = new SegmentFiles(data);
        disk.makeFolder(files.folder());
        Path temporary = Files.createTempDirectory("meshtrail-recover");
        EngineSettings settings = new EngineSettings(ENGINE_BYTES, 1, temporary, List.of(files.folder()), 1, false);
        try (TableEngine engine = DuckDbEngine.open(settings)) {
            SegmentReader reader = new SegmentReader(engine, files);
            return new LedgerRecovery(new LedgerRecovery.Parts(
                            host,
                            data,
                            state,
                            ManifestFile.open(disk, files).current(),
                            new FileCheckpointStore(disk, state),
                            (name, from) -> FileJournal.open(
                                    disk, data.resolve("journal").resolve(name), from),
                            (segment, from, to, visitor) ->
                                    MeshtrailServer.readRows(reader, segment, from, to, visitor),
                            memory))
                    .run(reason);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
