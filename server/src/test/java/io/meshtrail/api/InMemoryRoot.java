package io.meshtrail.api;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.ledger.Hold;
import io.meshtrail.ledger.HoldRecorder;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.retention.HoldDesk;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// A ledger `root` of which only the history follows, at once.
final class InMemoryRoot implements HoldRecorder {
    static final String ORIGIN = "test/root";

    final RetentionHistory history = new RetentionHistory();
    private long size;
    private LongSupplier now = () -> 0;

    InMemoryRoot() {
        history.of(List.of(), 0);
    }

    HoldDesk desk(Ledgers ledgers, LongSupplier clock) {
        now = clock;
        return new HoldDesk(history, this, ledgers, ORIGIN, new SecureRandom(), clock);
    }

    void approvers(String... vkeys) {
        write("approvers", Map.of("keys", String.join("\n", vkeys)));
    }

    @Override
    public long holds(Hold hold) {
        Map<String, String> says = new TreeMap<>(Map.of("id", hold.id(), "case", hold.caseName(), "by", hold.by()));
        hold.ledger().ifPresent(name -> says.put("ledger", name));
        if (hold.to() < Long.MAX_VALUE) {
            says.put("from", Long.toString(hold.from()));
            says.put("to", Long.toString(hold.to()));
        }
        if (!hold.isWithoutQuery()) {
            says.put("query", hold.query());
        }
        return write("hold", says);
    }

    @Override
    public long lifts(Hold hold, SignedNote note) {
        return write("lift", Map.of("id", hold.id(), "note", note.print()));
    }

    private long write(String action, Map<String, String> says) {
        AuditEvent.Builder event = AuditEvent.builder()
                .kind(Kind.LEDGER)
                .outcome(Outcome.CHANGED)
                .text(Field.ACTION, action)
                .number(Field.RECEIVED, now.getAsLong());
        says.forEach(event::attribute);
        history.integrated(LedgerSettings.ROOT, size, List.of(event.build()));
        return size++;
    }
}
