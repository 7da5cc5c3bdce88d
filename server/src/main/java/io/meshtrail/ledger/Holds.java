package io.meshtrail.ledger;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;

/// What is under legal hold, for whoever is about to remove something. Any thread.
public interface Holds {
    /// Whether a hold that asks nothing of the events covers an entry of a range. Holds with a query are asked
    /// event by event, [#holds].
    boolean held(String ledger, long from, long to);

    /// Whether some hold keeps this event.
    boolean holds(Address address, AuditEvent event);
}
