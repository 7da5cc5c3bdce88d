package io.meshtrail.ingest;

import io.meshtrail.event.Address;
import java.io.IOException;
import java.util.Optional;

/// How far the ledgers have come, for senders that wait for it.
public interface Checkpoints {
    /// The number of entries under the last checkpoint of a ledger.
    long published(String ledger);

    /// Whether there are witnesses to wait for.
    boolean hasWitnesses();

    /// The number of entries under the last checkpoint that a quorum of witnesses has cosigned.
    long witnessed(String ledger);

    /// The `.tlog-proof` of an entry; empty if it is under no checkpoint yet.
    Optional<String> proof(Address address) throws IOException;
}
