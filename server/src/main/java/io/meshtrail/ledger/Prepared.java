package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Entry;

/// An event with its bytes and its ledger, waiting for its place.
///
/// @param event with the `received` that the entry has so far
record Prepared(AuditEvent event, Entry entry, Ledger ledger, Fingerprint fingerprint) {}
