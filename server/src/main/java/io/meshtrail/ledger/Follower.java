package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import java.util.List;

/// Told of every entry once it is durable and in the tree, in leafIndex order for each ledger, from one thread.
/// Must
/// take
/// it quickly; slowness here becomes pushback at the door.
public interface Follower {
    /// @param ledger the ledger's name
    /// @param first the leafIndex of the first event
    /// @param events the decoded entries, `received` included
    void integrated(String ledger, long first, List<AuditEvent> events) throws InterruptedException;
}
