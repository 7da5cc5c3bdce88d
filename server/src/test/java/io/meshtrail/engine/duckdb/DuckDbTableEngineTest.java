package io.meshtrail.engine.duckdb;

import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.TableEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// DuckDB keeps the contract of the stations.
class DuckDbTableEngineTest extends TableEngineContract {
    @TempDir
    private Path folder;

    private final Disk disk = new SystemDisk();
    private TableEngine engine;

    @BeforeEach
    void open() throws IOException {
        SegmentFiles files = new SegmentFiles(folder);
        disk.makeFolder(files.folder());
        engine = DuckDbEngine.open(EngineSettings.of(256L << 20, 1, folder.resolve("temporary"), files.folder()));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    protected TableEngine engine() {
        return engine;
    }

    @Override
    protected Disk disk() {
        return disk;
    }

    @Override
    protected Path data() {
        return folder;
    }
}
