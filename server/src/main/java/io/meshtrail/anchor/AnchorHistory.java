package io.meshtrail.anchor;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.proof.EntryBundle;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.TilePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The last record of each anchor, found by walking `root` from its end. An anchor that has none among the
/// newest [#FARTHEST] entries (about four days of an idle server) counts as new: its next checkpoint is due
/// at once, which is right after four days anyway.
public final class AnchorHistory {
    static final int FARTHEST = 25_000;

    private static final int WIDTH = TilePath.FULL_WIDTH;

    private AnchorHistory() {}

    /// @param wanted the names of the anchors
    public static Map<String, AnchorRecord> newest(LedgerReader root, Set<String> wanted) throws IOException {
        Map<String, AnchorRecord> found = new HashMap<>();
        long end = root.publishedSize();
        long least = Math.max(root.minIndex(), end - FARTHEST);
        while (end > least && found.size() < wanted.size()) {
            long index = (end - 1) / WIDTH;
            int width = (int) (end - index * WIDTH);
            Optional<byte[]> bundle = root.bundle(index, width);
            if (bundle.isEmpty()) {
                break;
            }
            read(bundle.orElseThrow(), index * WIDTH, width, wanted, found);
            end = index * WIDTH;
        }
        return found;
    }

    private static void read(byte[] bundle, long first, int width, Set<String> wanted, Map<String, AnchorRecord> found)
            throws IOException {
        try {
            EntryBundle entries = EntryBundle.parse(bundle, width);
            for (int place = width - 1; place >= 0; place--) {
                AuditEvent event = EventCodec.decode(entries.entry(place));
                String anchor = event.attributes().getOrDefault("anchor", "");
                if (AnchorRecord.isOne(event) && wanted.contains(anchor) && !found.containsKey(anchor)) {
                    found.put(anchor, AnchorRecord.of(event));
                }
            }
        } catch (MalformedException | EntryFormatException damaged) {
            throw new IOException(
                    "entries root/" + first + " to " + (first + width - 1) + ": " + damaged.getMessage(), damaged);
        }
    }
}
