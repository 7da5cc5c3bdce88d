package io.meshtrail.sql;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.index.RowSource;
import io.meshtrail.segment.Columns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Hot rows as files, for the process that cannot see this one's memory. Rows never change, so each is written
/// once: a question writes what came since the last one. What is sealed meanwhile goes.
///
/// Any thread; one at a time writes.
final class HotPieces {
    /// From so many pieces of a ledger on, they are written anew as one.
    private static final int MOST = 24;

    private final TableEngine engine;
    private final Disk disk;
    private final Path folder;
    private final Map<String, List<EventsView.Part>> pieces = new HashMap<>();
    private final Map<Path, Integer> used = new HashMap<>();
    private final List<Path> retired = new ArrayList<>();
    private long number;

    /// @param engine the one that holds the hot tables
    /// @param folder where it may write
    HotPieces(TableEngine engine, Disk disk, Path folder) {
        this.engine = engine;
        this.disk = disk;
        this.folder = folder;
    }

    /// The hot rows of an open snapshot in files, which stay until they are given back.
    ///
    /// @throws io.meshtrail.engine.EngineException if they cannot be written
    synchronized List<EventsView.Part> take(List<RowSource> hot) throws IOException {
        Map<String, List<RowSource>> byLedger = new HashMap<>();
        for (RowSource source : hot) {
            byLedger.computeIfAbsent(source.ledger(), ledger -> new ArrayList<>())
                    .add(source);
        }
        List<EventsView.Part> parts = new ArrayList<>();
        for (Map.Entry<String, List<RowSource>> entry : byLedger.entrySet()) {
            parts.addAll(ofLedger(entry.getKey(), entry.getValue()));
        }
        parts.forEach(part -> used.merge(part.file(), 1, Integer::sum));
        return parts;
    }

    synchronized void giveBack(List<EventsView.Part> parts) throws IOException {
        parts.forEach(part -> used.computeIfPresent(part.file(), (file, by) -> by == 1 ? null : by - 1));
        for (Path file : List.copyOf(retired)) {
            if (!used.containsKey(file)) {
                disk.delete(file);
                retired.remove(file);
            }
        }
    }

    private List<EventsView.Part> ofLedger(String ledger, List<RowSource> hot) throws IOException {
        long from = hot.stream().mapToLong(RowSource::from).min().orElseThrow();
        long to = hot.stream().mapToLong(RowSource::to).max().orElseThrow();
        List<EventsView.Part> own = pieces.computeIfAbsent(ledger, name -> new ArrayList<>());
        // An older snapshot than the last one may begin before what is kept.
        boolean anew = own.size() >= MOST || !own.isEmpty() && own.getFirst().from() > from;
        own.removeIf(piece -> retire(piece, anew || piece.to() <= from));
        long written = own.isEmpty() ? from : own.getLast().to();
        if (written < to) {
            own.add(write(ledger, hot, written, to));
        }
        List<EventsView.Part> parts = new ArrayList<>();
        for (EventsView.Part piece : own) {
            if (piece.from() < to) {
                boolean whole = piece.from() >= from && piece.to() <= to;
                parts.add(new EventsView.Part(
                        ledger, piece.file(), Math.max(from, piece.from()), Math.min(to, piece.to()), whole));
            }
        }
        return parts;
    }

    private boolean retire(EventsView.Part piece, boolean goes) {
        if (goes) {
            retired.add(piece.file());
        }
        return goes;
    }

    private EventsView.Part write(String ledger, List<RowSource> hot, long from, long to) throws IOException {
        disk.makeFolder(folder);
        Path file = folder.resolve("hot-" + number++ + ".parquet");
        StringBuilder rows = new StringBuilder();
        for (RowSource source : hot) {
            if (source.to() > from) {
                rows.append(rows.isEmpty() ? "" : " UNION ALL ")
                        .append("SELECT ")
                        .append(Columns.names())
                        .append(" FROM ")
                        .append(source.relation());
            }
        }
        engine.execute("COPY (SELECT * FROM (" + rows + ") WHERE \"leafIndex\" >= " + from + ") TO '"
                + file.toString().replace("'", "''") + "' (FORMAT parquet, COMPRESSION snappy)");
        return new EventsView.Part(ledger, file, from, to, true);
    }
}
