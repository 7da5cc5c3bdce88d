package io.meshtrail.segment;

import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A data folder with an engine of its own, and one way from events to a segment.
public final class Store implements AutoCloseable {
    public final SegmentFiles files;
    public final TableEngine engine;
    public final Disk disk;
    private int tables;

    public Store(Path data) throws IOException {
        this(data, new SystemDisk());
    }

    public Store(Path data, Disk disk) throws IOException {
        this.files = new SegmentFiles(data);
        this.disk = disk;
        disk.makeFolder(files.folder());
        this.engine = DuckDbEngine.open(EngineSettings.of(1L << 30, 2, data.resolve("temporary"), files.folder()));
    }

    /// A table with these rows.
    public String table(long first, List<AuditEvent> events) {
        String table = "rows_" + ++tables;
        engine.execute(SegmentSql.createTable(table));
        engine.insert(table, EventBatch.of(first, events));
        return table;
    }

    public Segment seal(String ledger, long first, List<AuditEvent> events) throws IOException {
        return seal(ledger, first, events, SampleEvents.root(events));
    }

    public Segment seal(String ledger, long first, List<AuditEvent> events, Hash expected) throws IOException {
        String table = table(first, events);
        return new Sealer(engine, disk, files).seal(ledger, first, first + events.size(), table, expected);
    }

    @Override
    public void close() {
        engine.close();
    }
}
