package io.meshtrail.simulation;

import io.meshtrail.engine.InMemoryTableEngine;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.TableEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/// The engine of the simulation keeps the same contract as DuckDB, over the disk of the simulation.
class InMemoryTableEngineTest extends TableEngineContract {
    private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
    private final InMemoryTableEngine engine = new InMemoryTableEngine(new InMemoryTableEngine.Files() {
        @Override
        public byte[] read(Path file) throws IOException {
            return disk.read(file);
        }

        @Override
        public void write(Path file, byte[] bytes) throws IOException {
            disk.write(file, bytes);
        }
    });

    @BeforeEach
    void folder() throws IOException {
        disk.makeFolder(new SegmentFiles(data()).folder());
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
        return Path.of("/sim/data");
    }
}
