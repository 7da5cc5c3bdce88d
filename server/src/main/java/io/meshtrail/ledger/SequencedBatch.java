package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import java.util.List;

/// Entries of one ledger that are durable and wait for the tree.
record SequencedBatch(Ledger ledger, long first, List<byte[]> entries, List<AuditEvent> events) {}
