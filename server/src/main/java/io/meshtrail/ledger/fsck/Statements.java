package io.meshtrail.ledger.fsck;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.Closing;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.RetentionHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `root` says about the ledgers: their keys, their segments, their checkpoints.
final class Statements {
    private final List<Stated> checkpoints = new ArrayList<>();
    private final List<Stated> anchors = new ArrayList<>();
    private final Map<String, Stated> seals = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final RetentionHistory history = new RetentionHistory();
    private final Map<String, String> keysByOrigin = new HashMap<>();
    private final List<Closing> closings = new ArrayList<>();
    private final Set<String> policies = new LinkedHashSet<>();

    /// @param ledger of which is spoken
    /// @param rootIndex the leafIndex in `root`
    record Stated(String ledger, long rootIndex, Map<String, String> says) {
        String get(String name) {
            return says.getOrDefault(name, "");
        }
    }

    /// Reads the entries of `root` in their order.
    void read(long leafIndex, byte[] entry) throws EntryFormatException {
        AuditEvent event = EventCodec.decode(entry);
        String ledger = event.attributes().getOrDefault("ledger", "");
        history.integrated(LedgerSettings.ROOT, leafIndex, List.of(event));
        Stated stated = new Stated(ledger, leafIndex, event.attributes());
        switch (event.text(Field.ACTION).orElse("")) {
            case "open" -> {
                keys.put(ledger, stated.get("key"));
                keysByOrigin.put(stated.get("origin"), stated.get("key"));
            }
            case "close" -> {
                close(event);
                keysByOrigin.put(stated.get("origin"), stated.get("key"));
            }
            case "checkpoint" -> checkpoints.add(stated);
            case "witness" ->
                Optional.ofNullable(event.attributes().get("policy")).ifPresent(policies::add);
            case "anchor" -> {
                checkpoints.add(stated);
                anchors.add(stated);
            }
            case "seal", "merge" -> seals.put(ledger + "/" + stated.get("from") + "/" + stated.get("to"), stated);
            default -> {
                // other actions state nothing that files could contradict
            }
        }
    }

    private void close(AuditEvent event) {
        try {
            closings.add(Closing.of(event));
        } catch (IllegalArgumentException saysNothing) {
            // It explains no loss then, and what it does not explain is found.
        }
    }

    /// The checkpoints of a ledger, oldest first.
    List<Stated> checkpointsOf(String ledger) {
        return checkpoints.stream().filter(each -> each.ledger().equals(ledger)).toList();
    }

    /// What follows about holds, terms and prunings.
    RetentionHistory history() {
        return history;
    }

    /// What is said of anchors, oldest first.
    List<Stated> anchors() {
        return List.copyOf(anchors);
    }

    /// The last statement about the segment of a range.
    Optional<Stated> seal(String ledger, long from, long to) {
        return Optional.ofNullable(seals.get(ledger + "/" + from + "/" + to));
    }

    /// The witness policies that were in force at some time.
    Set<String> policies() {
        return policies;
    }

    /// The ledgers that were opened.
    Set<String> opened() {
        return keys.keySet();
    }

    /// The epochs that were closed, oldest first.
    List<Closing> closings() {
        return List.copyOf(closings);
    }

    /// The epochs of a ledger that were closed, oldest first.
    List<Closing> closingsOf(String ledger) {
        return closings.stream().filter(each -> each.ledger().equals(ledger)).toList();
    }

    /// The key with which an epoch was opened or closed, by the epoch's origin.
    Optional<String> keyOf(String origin) {
        return Optional.ofNullable(keysByOrigin.get(origin));
    }

    /// The size of the largest checkpoint of an epoch that is on record, as the record says; -1 if there
    /// is none.
    ///
    /// @param origin the epoch's
    long largestCheckpoint(String ledger, String origin) {
        return checkpointsOf(ledger).stream()
                .filter(stated -> stated.get("checkpoint").startsWith(origin + "\n"))
                .map(stated -> stated.get("size"))
                .filter(size -> size.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(-1);
    }

    /// The key with which a ledger was opened.
    Optional<String> key(String ledger) {
        return Optional.ofNullable(keys.get(ledger));
    }
}
