package io.meshtrail.sql;

import io.meshtrail.engine.Sandbox;
import io.meshtrail.host.Host;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import io.meshtrail.query.Coverage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The server's side of one process. The process is not believed more than its asker: what it sends is read with
/// limits.
final class SqlConversation implements AutoCloseable {
    private static final int MAX_LINE = 6 * SqlWorker.MAX_ROW;

    private final Host host;
    private final SqlChild child;
    private final InputStream answers;
    private final Duration limit;

    SqlConversation(Host host, SqlChild child, Duration limit) {
        this.host = host;
        this.child = child;
        this.answers = new BufferedInputStream(child.answers(), 1 << 16);
        this.limit = limit;
    }

    /// @param end when time is over, on the clock of durations
    /// @return false if the process was gone before it said anything
    boolean ask(SqlRequest request, Coverage coverage, SqlSink sink, long end)
            throws IOException, SqlRefusedException, SqlFailedException {
        try (Watch watch = new Watch(end - host.elapsed())) {
            Optional<Json> first = sent(request) ? next() : Optional.empty();
            if (first.isEmpty() && watch.passed) {
                throw late();
            }
            if (first.isEmpty()) {
                return false;
            }
            Optional<SqlEnd> refused = SqlEnd.of(first.get());
            if (refused.isPresent()) {
                throw new SqlRefusedException(
                        refused.get().detail(), refused.get().position());
            }
            sink.columns(columns(first.get()));
            finish(rows(sink, watch), coverage, sink);
            return true;
        }
    }

    private boolean sent(SqlRequest request) {
        try {
            child.requests().write((request.line() + "\n").getBytes(StandardCharsets.UTF_8));
            child.requests().flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private SqlEnd rows(SqlSink sink, Watch watch) throws IOException, SqlFailedException {
        while (true) {
            Optional<Json> line = next();
            if (line.isEmpty()) {
                throw watch.passed
                        ? late()
                        : new SqlFailedException("the process that ran the statement ended; rows are missing");
            }
            Optional<SqlEnd> end = SqlEnd.of(line.get());
            if (end.isPresent()) {
                return end.get();
            }
            sink.row(line.get());
        }
    }

    private static void finish(SqlEnd end, Coverage coverage, SqlSink sink) throws IOException, SqlRefusedException {
        switch (end.why()) {
            case DONE -> sink.end(coverage);
            case MORE_ROWS -> {
                List<String> missing = new ArrayList<>(coverage.missing());
                missing.add("row limit: " + end.detail());
                sink.end(new Coverage(List.copyOf(missing), coverage.asOf()));
            }
            case REFUSED -> throw new SqlRefusedException(end.detail(), end.position());
        }
    }

    private SqlFailedException late() {
        return new SqlFailedException("time-out: the statement was ended after " + limit.toMillis() + " ms");
    }

    private static List<Sandbox.Column> columns(Json line) {
        return line.get("columns").items().stream()
                .map(column -> new Sandbox.Column(
                        column.get("name").text().orElse(""),
                        column.get("type").text().orElse("")))
                .toList();
    }

    /// The next line; empty if the process is gone, or says what it must not say.
    private Optional<Json> next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try {
            for (int b = answers.read(); b >= 0 && line.size() <= MAX_LINE; b = answers.read()) {
                if (b == '\n') {
                    return Optional.of(JsonReader.read(line.toString(StandardCharsets.UTF_8)));
                }
                line.write(b);
            }
        } catch (IOException | JsonException gone) {
            // said below
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        child.kill();
    }

    /// Kills the process when its time is over.
    private final class Watch implements AutoCloseable {
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile boolean passed;

        private Watch(long nanos) {
            host.execute(() -> await(nanos));
        }

        private void await(long nanos) {
            try {
                if (!done.await(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
                    passed = true;
                    child.kill();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                child.kill();
            }
        }

        @Override
        public void close() {
            done.countDown();
        }
    }
}
