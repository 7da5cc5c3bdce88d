package io.meshtrail.ingest;

/// How far the ledgers are published, for senders that wait for it.
@FunctionalInterface
public interface PublishedSizes {
    /// The number of entries under the last checkpoint of a ledger.
    long of(String ledger);
}
