package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.journal.Journal;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.Sidecar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The seals that `root` has on record, as far as it is in the journal.
public final class RecordedSeals {
    private RecordedSeals() {}

    /// @param root the journal of `root`
    /// @param from the first leafIndex that is read
    /// @return the segments in the order of their records
    public static List<Segment> in(Journal root, long from) throws IOException {
        List<Segment> seals = new ArrayList<>();
        root.read(Math.max(from, root.first()), root.next(), record -> {
            try {
                AuditEvent event = EventCodec.decode(record.entry());
                if (event.text(Field.ACTION).filter("seal"::equals).isPresent()) {
                    of(event.attributes()).ifPresent(seals::add);
                }
            } catch (EntryFormatException damaged) {
                throw new IOException("entry root/" + record.leafIndex() + ": " + damaged.getMessage(), damaged);
            }
        });
        return seals;
    }

    /// The segment that a `seal` speaks of; empty if a later version said it in words that are unknown
    /// here.
    private static Optional<Segment> of(Map<String, String> says) {
        try {
            return Optional.of(new Segment(
                    says.getOrDefault("ledger", ""),
                    Long.parseLong(says.getOrDefault("from", "")),
                    Long.parseLong(says.getOrDefault("to", "")),
                    Hash.fromBase64(says.getOrDefault("root", "")),
                    says.getOrDefault("file", ""),
                    Long.parseLong(says.getOrDefault("bytes", "")),
                    Hash.fromHex(says.getOrDefault("sha256", "")),
                    Long.parseLong(says.getOrDefault("first_time", "")),
                    Long.parseLong(says.getOrDefault("last_time", "")),
                    sidecar(says)));
        } catch (MalformedException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<Sidecar> sidecar(Map<String, String> says) throws MalformedException {
        return says.containsKey("sidecar_sha256")
                ? Optional.of(new Sidecar(
                        Long.parseLong(says.getOrDefault("sidecar_bytes", "")),
                        Hash.fromHex(says.getOrDefault("sidecar_sha256", ""))))
                : Optional.empty();
    }
}
