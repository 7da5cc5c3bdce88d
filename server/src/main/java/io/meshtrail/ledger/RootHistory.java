package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What `root` says of epochs and seals.
final class RootHistory {
    private final Set<String> epochs = new HashSet<>();
    private final Map<String, Map<String, String>> seals = new HashMap<>();

    private RootHistory() {}

    /// What is not sealed of `root`.
    static RootHistory ofJournal(Ledger root) throws IOException {
        RootHistory history = new RootHistory();
        root.journal()
                .read(
                        root.sealedSize(),
                        root.journal().next(),
                        record -> history.read(record.leafIndex(), record.entry()));
        return history;
    }

    /// The whole of `root`.
    static RootHistory whole(Ledger root, SealedRows rows) throws IOException {
        RootHistory history = ofJournal(root);
        for (long at = root.minIndex(); at < root.sealedSize(); ) {
            Segment segment = root.segmentOf(at).orElseThrow();
            rows.read(segment, segment.from(), segment.to(), history::read);
            at = segment.to();
        }
        return history;
    }

    private void read(long leafIndex, byte[] entry) throws IOException {
        try {
            AuditEvent event = EventCodec.decode(entry);
            Map<String, String> says = event.attributes();
            switch (event.text(Field.ACTION).orElse("")) {
                case "open", "close" -> epochs.add(key(event));
                // Of two seals of one range the later counts, and the journal was read first.
                case "seal", "merge" -> seals.putIfAbsent(range(says), says);
                default -> {
                    // of no concern here
                }
            }
        } catch (EntryFormatException damaged) {
            throw new IOException("entry root/" + leafIndex + ": " + damaged.getMessage(), damaged);
        }
    }

    /// Whether a closing or an opening of an epoch is on record.
    boolean tells(AuditEvent act) {
        return epochs.contains(key(act));
    }

    /// Whether a segment is on record just as it is.
    boolean hasSeal(Segment segment) {
        Map<String, String> asItIs = RootRecorder.seal(segment).build().attributes();
        return asItIs.equals(seals.get(range(asItIs)));
    }

    private static String key(AuditEvent act) {
        return act.text(Field.ACTION).orElse("") + " " + act.attributes().get("origin");
    }

    private static String range(Map<String, String> says) {
        return says.get("ledger") + " " + says.get("from") + " " + says.get("to");
    }
}
