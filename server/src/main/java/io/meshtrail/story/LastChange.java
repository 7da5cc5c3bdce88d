package io.meshtrail.story;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the last change of the policy that decided about an event, or, if none matched, of any policy that
/// could have. Looks in the small ledger `control` at any time before the event; in the others, to which
/// routes may send changes, only during the day before, for they are large.
final class LastChange {
    private static final long DAY = 86_400_000_000_000L;
    private static final String AUTHORIZATION = "AuthorizationPolicy";

    private final QueryEngine engine;

    LastChange(QueryEngine engine) {
        this.engine = engine;
    }

    Optional<PolicyChange> before(AuditEvent event) {
        if (event.text(Field.KIND).filter(Kind.POLICY_CHANGE.code()::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<String> policy = event.text(Field.POLICY_NAME);
        if (policy.isPresent()) {
            return ofPolicy(event, policy.get());
        }
        boolean unmatched = event.text(Field.REASON)
                .filter(Reason.NO_POLICY_MATCHED.code()::equals)
                .isPresent();
        return unmatched ? ofNamespace(event) : Optional.empty();
    }

    private Optional<PolicyChange> ofPolicy(AuditEvent event, String policy) {
        int slash = policy.indexOf('/');
        List<Filter> filters = new ArrayList<>();
        if (slash > 0) {
            filters.add(Filters.is(Field.OBJECT_NAMESPACE, policy.substring(0, slash)));
        }
        filters.add(Filters.is(Field.OBJECT_NAME, policy.substring(slash + 1)));
        Optional<String> kind = event.text(Field.POLICY_KIND);
        kind.ifPresent(name -> filters.add(Filters.is(Field.OBJECT_KIND, name)));
        return find(event, filters, kind.map(name -> name + " ").orElse("") + policy);
    }

    private Optional<PolicyChange> ofNamespace(AuditEvent event) {
        Optional<String> namespace = event.text(Field.DESTINATION_NAMESPACE);
        if (namespace.isEmpty()) {
            return Optional.empty();
        }
        List<Filter> filters = List.of(
                Filters.is(Field.OBJECT_NAMESPACE, namespace.get()), Filters.is(Field.OBJECT_KIND, AUTHORIZATION));
        return find(event, filters, "any " + AUTHORIZATION + " in " + namespace.get());
    }

    private Optional<PolicyChange> find(AuditEvent event, List<Filter> filters, String subject) {
        List<Filter> all = new ArrayList<>(filters);
        all.add(Filters.is(Field.KIND, Kind.POLICY_CHANGE.code()));
        all.add(Filters.is(Field.OUTCOME, Outcome.CHANGED.code()));
        event.text(Field.CLUSTER).ifPresent(cluster -> all.add(Filters.isOrAbsent(Field.CLUSTER, cluster)));
        long time = EventTime.of(event);
        Filter control = Filters.inControl();
        return newest(all, control, Long.MIN_VALUE, time)
                .or(() -> newest(all, new Filter.Not(control), time - DAY, time))
                .map(hit -> new PolicyChange(hit, subject, time - EventTime.of(hit.event())));
    }

    private Optional<Hit> newest(List<Filter> filters, Filter more, long from, long time) {
        List<Filter> all = new ArrayList<>(filters);
        all.add(more);
        try {
            Search search = new Search(new Filter.And(all), from, time + 1);
            return engine.events(search, 1, Optional.empty()).hits().stream().findFirst();
        } catch (QueryException impossible) {
            throw new IllegalStateException("a search without a cursor has nothing to refuse", impossible);
        }
    }
}
