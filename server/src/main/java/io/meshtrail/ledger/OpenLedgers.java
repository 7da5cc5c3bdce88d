package io.meshtrail.ledger;

import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The ledgers that are open. One thread opens more; any thread looks.
final class OpenLedgers {
    private final LedgerOpening opening;
    private final List<Ledger> all;
    private final ConcurrentSkipListMap<String, LedgerView> views = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, Ledger> byName = new ConcurrentHashMap<>();

    /// @param all gets every ledger that is opened; the stations iterate over it meanwhile
    OpenLedgers(LedgerOpening opening, List<Ledger> all) {
        this.opening = opening;
        this.all = all;
    }

    LedgerView open(LedgerSettings settings, List<Segment> segments) throws IOException {
        LedgerView view = opening.open(settings, segments);
        all.add(view.ledger());
        byName.put(settings.name(), view.ledger());
        views.put(settings.name(), view);
        return view;
    }

    /// In the order of their names.
    Collection<LedgerView> views() {
        return views.values();
    }

    Optional<LedgerView> named(String name) {
        return Optional.ofNullable(views.get(name));
    }

    ConcurrentMap<String, Ledger> byName() {
        return byName;
    }
}
