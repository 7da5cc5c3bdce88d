package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.segment.Segment;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// One segment that was, or is about to be, pruned, as `root` says.
///
/// @param from its first entry
/// @param to one more than the last, the ledger's minimum index from then on
/// @param root base64 of the Merkle root of the range
/// @param file its name
/// @param sha256 of the file, hexadecimal
/// @param firstTime the smallest event time in it, nanoseconds since 1970
/// @param lastTime the largest
/// @param received when its youngest entry was received, nanoseconds since 1970
/// @param term how long entries are kept
/// @param rootIndex the entry of `root` that says so
/// @param at when that was received
public record Pruning(
        String ledger,
        long from,
        long to,
        String root,
        String file,
        String sha256,
        long firstTime,
        long lastTime,
        long received,
        Duration term,
        long rootIndex,
        long at) {
    /// What is to be said before a segment goes.
    static Map<String, String> attributes(Segment segment, long received, Duration term) {
        Map<String, String> says = new TreeMap<>();
        says.put("ledger", segment.ledger());
        says.put("min", Long.toString(segment.to()));
        says.put("from", Long.toString(segment.from()));
        says.put("to", Long.toString(segment.to()));
        says.put("root", segment.root().base64());
        says.put("file", segment.file());
        says.put("sha256", segment.sha256().hex());
        says.put("first_time", Long.toString(segment.firstTime()));
        says.put("last_time", Long.toString(segment.lastTime()));
        says.put("newest_received", Timestamp.print(received));
        says.put("term", term.toString());
        return says;
    }

    /// @throws IllegalArgumentException if the entry does not say what a prune says
    static Pruning of(long rootIndex, AuditEvent event) {
        Map<String, String> says = event.attributes();
        try {
            return new Pruning(
                    says.getOrDefault("ledger", ""),
                    Long.parseLong(says.getOrDefault("from", "")),
                    Long.parseLong(says.getOrDefault("to", "")),
                    says.getOrDefault("root", ""),
                    says.getOrDefault("file", ""),
                    says.getOrDefault("sha256", ""),
                    Long.parseLong(says.getOrDefault("first_time", "")),
                    Long.parseLong(says.getOrDefault("last_time", "")),
                    Timestamp.parse(says.getOrDefault("newest_received", ""))
                            .orElseThrow(() -> new IllegalArgumentException("newest_received is no time")),
                    Duration.parse(says.getOrDefault("term", "")),
                    rootIndex,
                    event.number(Field.RECEIVED).orElseThrow());
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("term: " + wrong.getMessage(), wrong);
        }
    }

    /// Whether it is about exactly this segment.
    public boolean isOf(Segment segment) {
        return ledger.equals(segment.ledger())
                && from == segment.from()
                && to == segment.to()
                && root.equals(segment.root().base64())
                && sha256.equals(segment.sha256().hex());
    }

    /// For who asks for an entry that is gone.
    String words() {
        return "root/" + rootIndex + " says so: entries " + from + " to " + (to - 1) + ", received up to "
                + Timestamp.print(received) + ", are kept for " + term;
    }
}
