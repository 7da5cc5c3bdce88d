package io.meshtrail.sql;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.SandboxSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.event.Timestamp;
import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.index.Index;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.query.Coverage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Takes statements, has processes answer them over a snapshot, and ends what takes too long. A process that
/// has answered waits for the next statement; one that broke is replaced. Any thread.
public final class SqlDesk implements AutoCloseable {
    /// How long a statement waits for its turn.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Host host;
    private final Index index;
    private final SqlChild.Starter starter;
    private final SqlSettings settings;
    private final HotPieces pieces;
    private final Semaphore turns;
    private final Deque<SqlConversation> idle = new ArrayDeque<>();
    private boolean closed;

    /// @param hot the engine that holds the hot tables
    /// @param folder where it may write them for the processes; emptied
    public SqlDesk(Host host, Index index, TableEngine hot, SqlChild.Starter starter, Path folder, SqlSettings settings)
            throws IOException {
        this.host = host;
        this.index = index;
        this.starter = starter;
        this.settings = settings;
        this.pieces = new HotPieces(hot, host.disk(), folder);
        this.turns = new Semaphore(settings.atOnce(), true);
        Disk disk = host.disk();
        for (Path left : disk.list(folder)) {
            disk.delete(left);
        }
    }

    /// Answers a statement.
    ///
    /// @throws SqlRefusedException if it is not allowed or the engine refuses it; rows may have been given before
    /// @throws SqlFailedException if there is no answer, or no more of it
    /// @throws IOException if the sink refuses, or the disk fails
    public void ask(SqlQuestion question, SqlSink sink)
            throws IOException, SqlRefusedException, SqlFailedException, InterruptedException {
        long end = host.elapsed() + settings.limit().toNanos();
        if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new SqlFailedException(
                    settings.atOnce() + " statements are running, and none ended within " + PATIENCE.toSeconds() + " s",
                    true);
        }
        try (Snapshot snapshot = index.snapshot()) {
            answer(question, snapshot, sink, end);
        } finally {
            turns.release();
        }
    }

    private void answer(SqlQuestion question, Snapshot snapshot, SqlSink sink, long end)
            throws IOException, SqlRefusedException, SqlFailedException {
        List<EventsView.Part> parts = new ArrayList<>();
        List<RowSource> hot = new ArrayList<>();
        for (RowSource source : snapshot.sources()) {
            if (source.lastTime() >= question.from()
                    && (question.to() == Long.MAX_VALUE || source.firstTime() < question.to())) {
                Optional<EventsView.Part> segment = EventsView.Part.of(source);
                segment.ifPresentOrElse(parts::add, () -> hot.add(source));
            }
        }
        List<EventsView.Part> written;
        try {
            written = pieces.take(hot);
        } catch (EngineException failed) {
            throw new SqlFailedException("the newest rows could not be handed over: " + failed.getMessage());
        }
        try {
            parts.addAll(written);
            EventsView view = EventsView.of(parts, question.from(), question.to());
            SandboxSettings sandbox = new SandboxSettings(
                    settings.memoryBytes(), settings.threads(), view.files(), EventsView.NAME, view.rows());
            converse(
                    new SqlRequest(question.sql(), sandbox, question.limit()), coverage(snapshot, question), sink, end);
        } finally {
            pieces.giveBack(written);
        }
    }

    private void converse(SqlRequest request, Coverage coverage, SqlSink sink, long end)
            throws IOException, SqlRefusedException, SqlFailedException {
        boolean answered = false;
        while (!answered) {
            Optional<SqlConversation> waiting = pollIdle();
            SqlConversation conversation =
                    waiting.isPresent() ? waiting.get() : new SqlConversation(host, starter.start(), settings.limit());
            boolean sound = false;
            try {
                answered = conversation.ask(request, coverage, sink, end);
                sound = answered;
                if (!answered && waiting.isEmpty()) {
                    throw new SqlFailedException("the process that ran the statement ended; no other answer is harmed");
                }
            } catch (SqlRefusedException refused) {
                sound = true;
                throw refused;
            } finally {
                settle(conversation, sound);
            }
        }
    }

    private Optional<SqlConversation> pollIdle() {
        synchronized (idle) {
            return Optional.ofNullable(idle.pollFirst());
        }
    }

    private void settle(SqlConversation conversation, boolean sound) {
        synchronized (idle) {
            if (sound && !closed) {
                idle.addFirst(conversation);
                return;
            }
        }
        conversation.close();
    }

    private static Coverage coverage(Snapshot snapshot, SqlQuestion question) {
        List<String> missing = new ArrayList<>(snapshot.missing());
        for (RowSource gone : snapshot.pruned()) {
            if (gone.lastTime() >= question.from()) {
                missing.add("pruned: entries 0 to " + (gone.to() - 1) + " of " + gone.ledger()
                        + (gone.lastTime() == Long.MAX_VALUE
                                ? ""
                                : ", events up to " + Timestamp.print(gone.lastTime())));
            }
        }
        return new Coverage(List.copyOf(missing), new TreeMap<>(snapshot.asOf()));
    }

    /// Ends the processes that wait. Those that work are ended by their time.
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(SqlConversation::close);
            idle.clear();
        }
    }
}
