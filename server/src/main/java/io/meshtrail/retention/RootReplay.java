package io.meshtrail.retention;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentSql;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads out of `root`, at a start, the entries that say what is kept. Most of `root` are heartbeats, so in its
/// segments the engine finds the others by their action; each is then read as an entry and checked against the tree.
final class RootReplay {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final TableEngine engine;
    private final ManifestFile manifest;

    RootReplay(TableEngine engine, ManifestFile manifest) {
        this.engine = engine;
        this.manifest = manifest;
    }

    void into(RetentionHistory history, LedgerReader root) throws IOException {
        List<RetentionHistory.Read> entries = new ArrayList<>();
        for (Segment segment : manifest.current().of(LedgerSettings.ROOT)) {
            for (long leafIndex : places(segment)) {
                entries.add(read(root, leafIndex));
            }
        }
        for (long leafIndex = root.sealedSize(); leafIndex < root.size(); leafIndex++) {
            RetentionHistory.Read read = read(root, leafIndex);
            if (read.event()
                    .text(Field.ACTION)
                    .filter(RetentionHistory.ACTIONS::contains)
                    .isPresent()) {
                entries.add(read);
            }
        }
        history.of(entries, root.size());
    }

    private List<Long> places(Segment segment) {
        String actions = RetentionHistory.ACTIONS.stream()
                .map(action -> "'" + action + "'")
                .collect(Collectors.joining(", "));
        return engine.query(
                "SELECT \"leafIndex\" FROM "
                        + SegmentSql.relation(manifest.files().of(segment)) + " WHERE action IN (" + actions
                        + ") ORDER BY 1",
                List.of(),
                LIMIT,
                rows -> {
                    List<Long> places = new ArrayList<>();
                    while (rows.next()) {
                        places.add(rows.getLong(1));
                    }
                    return places;
                });
    }

    private static RetentionHistory.Read read(LedgerReader root, long leafIndex) throws IOException {
        try {
            AuditEvent event = EventCodec.decode(root.entry(leafIndex));
            return new RetentionHistory.Read(leafIndex, event);
        } catch (EntryFormatException damaged) {
            throw new IOException("entry root/" + leafIndex + ": " + damaged.getMessage(), damaged);
        }
    }
}
