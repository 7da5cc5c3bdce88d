package io.meshtrail.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponseWriter;
import io.meshtrail.http.Json;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.privacy.SubjectView;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.Hit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// One who follows. Takes arrivals at the pace at which its connection takes them from us; when they are
/// overwritten before that, it is told how many and dropped, to come again with its last event's id.
final class TailReader {
    private static final int AT_ONCE = 256;
    private static final byte[] HEART_BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Arrivals arrivals;
    private final SubjectView view;
    private final FilterMatcher filter;
    private final Projection projection;
    private final EventJson events;
    private final Ledgers ledgers;
    private final HttpResponseWriter writer;
    private final Executor workers;
    private final Runnable wake = this::wake;

    /// Set while a step is under way or its bytes are not taken yet: one step at a time.
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile boolean stopped;
    private volatile long next;

    TailReader(
            Arrivals arrivals,
            SubjectView view,
            FilterMatcher filter,
            Projection projection,
            EventJson events,
            Ledgers ledgers,
            HttpResponseWriter writer,
            Executor workers) {
        this.arrivals = arrivals;
        this.view = view;
        this.filter = filter;
        this.projection = projection;
        this.events = events;
        this.ledgers = ledgers;
        this.writer = writer;
        this.workers = workers;
    }

    /// @param from the number of the first arrival to look at
    /// @param lost why some before it may be missing
    void start(long from, Optional<String> lost) {
        next = from;
        busy.set(true);
        arrivals.addReader(wake);
        List<String> missing = lost.map(List::of).orElse(List.of());
        send(status("status", new Coverage(missing, Covered.all(ledgers).asOf()), 0));
    }

    void stop() {
        stopped = true;
        arrivals.removeReader(wake);
    }

    /// Keeps an idle connection open. While the reader has not taken what was sent, a heart beat would only
    /// pile up.
    void heartBeat() {
        if (busy.compareAndSet(false, true)) {
            send(HEART_BEAT);
        }
    }

    private void wake() {
        if (next < arrivals.end() && busy.compareAndSet(false, true)) {
            workers.execute(this::step);
        }
    }

    private void step() {
        Arrivals.Taken taken = arrivals.take(next, AT_ONCE);
        if (taken.skipped() > 0) {
            lagged(taken.skipped());
            return;
        }
        next = taken.next();
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        for (Hit stored : taken.hits()) {
            Hit hit = new Hit(stored.address(), view.event(stored.event()));
            if (filter.matches(hit.address(), hit.event())) {
                chunk.writeBytes(message(hit));
            }
        }
        if (chunk.size() == 0) {
            rest();
        } else {
            send(chunk.toByteArray());
        }
    }

    private void send(byte[] bytes) {
        if (stopped || !writer.tryWrite(HttpData.wrap(bytes))) {
            stop();
            return;
        }
        CompletableFuture<?> _ = writer.whenConsumed().thenRun(this::rest);
    }

    /// Waits for more, unless it came meanwhile.
    private void rest() {
        busy.set(false);
        wake();
    }

    private void lagged(long skipped) {
        stop();
        boolean _ = writer.tryWrite(HttpData.wrap(status("lagged", Covered.all(ledgers), skipped)));
        writer.close();
    }

    private byte[] message(Hit hit) {
        byte[] data = Json.bytes(json -> events.write(json, hit, projection));
        return sse("id: " + hit.address() + "\n", data);
    }

    private static byte[] status(String name, Coverage coverage, long skipped) {
        byte[] data = Json.bytes(json -> {
            json.writeStartObject();
            CoverageJson.writeMembers(json, coverage);
            json.writeNumberProperty("skipped", skipped);
            json.writeEndObject();
        });
        return sse("event: " + name + "\n", data);
    }

    private static byte[] sse(String head, byte[] data) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(data.length + 64);
        message.writeBytes((head + "data: ").getBytes(StandardCharsets.UTF_8));
        message.writeBytes(data);
        message.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return message.toByteArray();
    }
}
