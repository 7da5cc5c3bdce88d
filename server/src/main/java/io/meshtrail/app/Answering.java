package io.meshtrail.app;

import io.meshtrail.api.LongWork;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Host;
import io.meshtrail.index.Index;
import io.meshtrail.sql.JavaChild;
import io.meshtrail.sql.SqlDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Wires what answers at length: people's own SQL, exports.
final class Answering implements AutoCloseable {
    private final Optional<SqlDesk> desk;
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("answer-", 0).factory());

    private Answering(Optional<SqlDesk> desk) {
        this.desk = desk;
    }

    /// @param hot the engine that holds the hot tables
    /// @param temporary where the engine may write
    static Answering open(Host host, Index index, TableEngine hot, Path temporary, SqlConfig config)
            throws IOException {
        if (!config.enabled()) {
            return new Answering(Optional.empty());
        }
        return new Answering(Optional.of(new SqlDesk(
                host,
                index,
                hot,
                JavaChild.of(host.disk(), SqlProcess.class.getName(), temporary.resolve("sql-library")),
                temporary.resolve("sql"),
                config.settings())));
    }

    LongWork work() {
        return new LongWork(desk, workers);
    }

    @Override
    public void close() {
        desk.ifPresent(SqlDesk::close);
        workers.shutdownNow();
    }
}
