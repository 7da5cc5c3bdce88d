package io.meshtrail.api;

import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.query.Coverage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The coverage of answers that do not come from the search engine.
final class Covered {
    private Covered() {}

    /// Everything that is in the trees now.
    static Coverage all(Ledgers ledgers) {
        SortedMap<String, Long> sizes = new TreeMap<>();
        for (LedgerReader ledger : ledgers.all()) {
            sizes.put(ledger.name(), ledger.size());
        }
        return new Coverage(List.of(), sizes);
    }

    static Coverage one(LedgerReader ledger) {
        return new Coverage(List.of(), new TreeMap<>(java.util.Map.of(ledger.name(), ledger.size())));
    }
}
