package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.host.Disk;
import io.meshtrail.proof.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a recovery is going to do, in the state folder as `recovery` while it does it: a line for each
/// entry that `root` will get. A recovery that was cut short is taken up by it, and no server starts
/// meanwhile.
///
/// @param acts in pairs: the epoch of a ledger that is closed, and the next one that is opened
record RecoveryPlan(List<AuditEvent> acts) {
    RecoveryPlan {
        acts = List.copyOf(acts);
    }

    static Path file(Path state) {
        return state.resolve("recovery");
    }

    static Optional<RecoveryPlan> read(Disk disk, Path state) throws IOException {
        Path file = file(state);
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        List<AuditEvent> acts = new ArrayList<>();
        try {
            for (String line :
                    new String(disk.read(file), StandardCharsets.UTF_8).lines().toList()) {
                acts.add(EventCodec.decode(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (EntryFormatException damaged) {
            throw new IOException(file + ": " + damaged.getMessage(), damaged);
        }
        return Optional.of(new RecoveryPlan(acts));
    }

    void write(Disk disk, Path state, long now) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (AuditEvent act : acts) {
            AuditEvent dated = act.toBuilder().number(Field.TIME, now).build().withReceived(now);
            lines.append(new String(EventCodec.encode(dated).bytes(), StandardCharsets.UTF_8))
                    .append('\n');
        }
        disk.replace(file(state), lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The closed epochs.
    List<Closing> closings() {
        return acts.stream()
                .filter(act -> act.text(Field.ACTION).filter("close"::equals).isPresent())
                .map(Closing::of)
                .toList();
    }

    /// Closes what is left of a ledger's epoch.
    static AuditEvent close(Remains remains, String reason) {
        long here = remains.here();
        AuditEvent.Builder close = act("close", remains.origin())
                .text(Field.DETAIL, reason)
                .attribute("why", remains.why())
                .attribute("key", remains.key().toString())
                .attribute("here", Long.toString(here))
                .attribute("root", remains.tree().head().root().base64())
                .attribute("signed_size", Long.toString(remains.signedSize()))
                .attribute("lost_from", Long.toString(here))
                .attribute("lost_to", Long.toString(Math.max(here, remains.signedSize())));
        remains.signed()
                .ifPresent(head ->
                        close.attribute("checkpoint", new String(head.note().bytes(), StandardCharsets.UTF_8)));
        return close.build();
    }

    /// Opens the epoch that follows.
    static AuditEvent open(Remains remains, SigningKey key, Optional<Duration> retention) {
        AuditEvent.Builder open = act("open", remains.origin().next())
                .attribute("key", key.verifierKey().toString())
                .attribute("from", Long.toString(remains.here()));
        retention.ifPresent(term -> open.attribute("retention", term.toString()));
        return open.build();
    }

    private static AuditEvent.Builder act(String action, LogOrigin origin) {
        return AuditEvent.builder()
                .kind(Kind.LEDGER)
                .outcome(Outcome.CHANGED)
                .text(Field.ACTION, action)
                .attribute("ledger", origin.ledger())
                .attribute("origin", origin.text())
                .attribute("epoch", Integer.toString(origin.epoch()));
    }
}
