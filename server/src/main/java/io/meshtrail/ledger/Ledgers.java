package io.meshtrail.ledger;

import java.util.List;
import java.util.Optional;

/// All ledgers of a server, for readers.
public interface Ledgers {
    /// In the order of their names.
    List<LedgerReader> all();

    Optional<LedgerReader> named(String name);
}
