package io.meshtrail.api;

import io.meshtrail.query.Coverage;
import io.meshtrail.query.EventPage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/// What the pages of an export rest on together: all that any of them misses, and as of the first, since what
/// came later is in it only in part.
final class ExportTally {
    private final Coverage first;
    private final Set<String> missing = new LinkedHashSet<>();
    private long events;

    ExportTally(Coverage first) {
        this.first = first;
    }

    void add(EventPage page) {
        missing.addAll(page.coverage().missing());
        events += page.hits().size();
    }

    long events() {
        return events;
    }

    Coverage coverage() {
        return new Coverage(new ArrayList<>(missing), first.asOf());
    }
}
