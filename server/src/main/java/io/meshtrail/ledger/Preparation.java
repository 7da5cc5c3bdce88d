package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Entry;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Fitting;
import io.meshtrail.event.Submission;
import io.meshtrail.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/// The work on an event that needs no order, done on the sender's thread: large payloads to blobs, route,
/// bytes.
final class Preparation {
    private static final List<Field> PAYLOADS = List.of(Field.RAW, Field.CHANGE_DIFF);

    private static final String BLOB = "blob.";

    private final ObjectStore blobs;
    private volatile Router router;
    private final ConcurrentMap<String, Ledger> ledgers;

    /// @param ledgers all ledgers by name, also those that are opened later
    Preparation(ObjectStore blobs, Router router, ConcurrentMap<String, Ledger> ledgers) {
        this.blobs = blobs;
        this.router = router;
        this.ledgers = ledgers;
    }

    Router router() {
        return router;
    }

    /// Events that come from now on go by these routes; their ledgers are open.
    void route(Router changed) {
        router = changed;
    }

    /// Where an event goes.
    String ledgerOf(Submission submission) {
        return router.ledgerOf(submission.event());
    }

    Prepared prepare(Submission submission, String ledger, long now) throws IOException {
        return prepare(submission.event(), ledger, Fingerprint.of(submission), now);
    }

    /// An event of our own for a ledger of our choice.
    Prepared prepare(AuditEvent event, String ledger, Fingerprint fingerprint, long now) throws IOException {
        Ledger target = ledgers.get(ledger);
        if (target == null) {
            throw new IllegalStateException("a route names ledger '" + ledger + "', which does not exist");
        }
        AuditEvent received = timed(withoutPayloads(event), now);
        if (EventCodec.mayBeTooLong(received)) {
            received = Fitting.fit(received);
        }
        Entry entry = EventCodec.encode(received);
        return new Prepared(received, entry, target, fingerprint);
    }

    /// Only we say which blobs an entry has: a sender that could would make `verify` miss blobs that
    /// never were.
    private static AuditEvent withoutClaims(AuditEvent event) {
        if (event.attributes().keySet().stream().noneMatch(name -> name.startsWith(BLOB))) {
            return event;
        }
        AuditEvent.Builder builder = event.toBuilder();
        event.attributes().forEach((name, value) -> {
            if (name.startsWith(BLOB)) {
                builder.withoutAttribute(name).attribute("claimed." + name, value);
            }
        });
        return builder.build();
    }

    private static AuditEvent timed(AuditEvent event, long now) {
        AuditEvent timed = event.has(Field.TIME)
                ? event
                : event.toBuilder().number(Field.TIME, now).build();
        return timed.withReceived(now);
    }

    /// A payload that is too large for an entry goes to a blob, durable before its entry; the entry keeps
    /// hash and length.
    private AuditEvent withoutPayloads(AuditEvent event) throws IOException {
        AuditEvent lean = withoutClaims(event);
        for (Field field : PAYLOADS) {
            if (event.get(field) instanceof String payload && payload.length() > EventCodec.INLINE_LIMIT / 3) {
                byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
                if (bytes.length > EventCodec.INLINE_LIMIT) {
                    lean = lean.toBuilder()
                            .without(field)
                            .attribute(BLOB + field.key() + ".sha256", blobs.put(bytes))
                            .attribute(BLOB + field.key() + ".length", Integer.toString(bytes.length))
                            .build();
                }
            }
        }
        return lean;
    }
}
