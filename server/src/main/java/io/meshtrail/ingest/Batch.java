package io.meshtrail.ingest;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.source.Decoded;
import java.util.ArrayList;
import java.util.List;

/// What one request or a run of messages told, ready for the ledger's door: first the events of records that
/// were understood, then those that say what was not.
final class Batch {
    private final List<Submission> events = new ArrayList<>();
    private final List<Submission> refusals = new ArrayList<>();
    private final List<Decoded.Rejection> rejected = new ArrayList<>();
    private int ignored;

    void event(Submission submission) {
        events.add(submission);
    }

    void refusal(Submission submission) {
        refusals.add(submission);
    }

    void rejected(Decoded.Rejection rejection) {
        rejected.add(rejection);
    }

    void ignored() {
        ignored++;
    }

    List<Submission> submissions() {
        if (refusals.isEmpty()) {
            return events;
        }
        List<Submission> all = new ArrayList<>(events);
        all.addAll(refusals);
        return all;
    }

    /// The part of a receipt that speaks of understood records.
    List<Placement> placements(Receipt receipt) {
        return receipt.placements().subList(0, events.size());
    }

    List<AuditEvent> events() {
        return events.stream().map(Submission::event).toList();
    }

    List<Decoded.Rejection> rejected() {
        return rejected;
    }

    int refusalCount() {
        return refusals.size();
    }

    int ignoredCount() {
        return ignored;
    }

    int records() {
        return events.size() + ignored + rejected.size();
    }

    /// Whether there were records and none of them was understood.
    boolean unreadable() {
        return !rejected.isEmpty() && events.isEmpty() && ignored == 0;
    }

    /// The event with its producer named, if the decoder did not.
    static AuditEvent named(AuditEvent event, String producer) {
        return event.has(Field.PRODUCER_ID)
                ? event
                : event.toBuilder().text(Field.PRODUCER_ID, producer).build();
    }
}
