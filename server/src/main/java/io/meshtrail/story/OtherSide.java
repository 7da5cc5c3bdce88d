package io.meshtrail.story;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Reports;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.Comparator;
import java.util.Optional;

/// Finds the report of another observer about the same call.
final class OtherSide {
    /// Of a request id that many events share, how many are looked at.
    private static final int LOOKED_AT = 100;

    private final QueryEngine engine;

    OtherSide(QueryEngine engine) {
        this.engine = engine;
    }

    /// The report nearest in time.
    Optional<Hit> of(Address address, AuditEvent event) {
        Optional<String> request = event.text(Field.REQUEST_ID);
        if (request.isEmpty()) {
            return Optional.empty();
        }
        long time = EventTime.of(event);
        Filter sameRequest = new Filter.Text(new Target.OfField(Field.REQUEST_ID), Wildcard.exactly(request.get()));
        Search search = new Search(sameRequest, time - Reports.APART, time + Reports.APART + 1);
        try {
            return engine.events(search, LOOKED_AT, Optional.empty()).hits().stream()
                    .filter(hit -> !hit.address().equals(address))
                    .filter(hit -> isOtherObserver(event, hit.event()))
                    .filter(hit -> Reports.areOfOneCall(event, hit.event()))
                    .min(Comparator.comparingLong(hit -> Math.abs(EventTime.of(hit.event()) - time)));
        } catch (QueryException impossible) {
            throw new IllegalStateException("a search without a cursor has nothing to refuse", impossible);
        }
    }

    private static boolean isOtherObserver(AuditEvent a, AuditEvent b) {
        return !a.text(Field.OBSERVER_SIDE).equals(b.text(Field.OBSERVER_SIDE))
                || !a.text(Field.OBSERVER_NAME).equals(b.text(Field.OBSERVER_NAME));
    }
}
