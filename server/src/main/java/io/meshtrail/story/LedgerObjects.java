package io.meshtrail.story;

import io.meshtrail.change.KnownState;
import io.meshtrail.change.ObjectKey;
import io.meshtrail.change.ObjectState;
import io.meshtrail.change.ObjectStates;
import io.meshtrail.change.PastObjects;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The states of objects as the ledger has them: in `control` at any time, in other ledgers, to which routes may send
/// changes, during the last day. Any thread.
public final class LedgerObjects implements PastObjects {
    private static final String CONTROL = "control";
    private static final long DAY = 86_400_000_000_000L;

    /// Changes of one object that are looked at: enough to pass over those that show it only in part.
    private static final int CHANGES = 16;

    private final QueryEngine engine;
    private final Payloads payloads;
    private final LongSupplier now;

    /// @param now nanoseconds since 1970
    public LedgerObjects(QueryEngine engine, Payloads payloads, LongSupplier now) {
        this.engine = engine;
        this.payloads = payloads;
        this.now = now;
    }

    @Override
    public Past of(ObjectKey key, long until) {
        return of(key, until, CHANGES);
    }

    Past of(ObjectKey key, long until, int changes) {
        Filter control = new Filter.Text(new Target.Ledger(), Wildcard.exactly(CONTROL));
        Past found = states(key, control, Long.MIN_VALUE, until, changes);
        if (!found.states().isEmpty()) {
            return found;
        }
        Past elsewhere = states(key, new Filter.Not(control), Math.min(until, now.getAsLong()) - DAY, until, changes);
        return new Past(elsewhere.states(), found.isComplete() && elsewhere.isComplete());
    }

    private Past states(ObjectKey key, Filter ledger, long from, long until, int changes) {
        List<Filter> filters = new ArrayList<>();
        filters.add(ledger);
        filters.add(new Filter.Or(List.of(
                is(Field.KIND, Kind.POLICY_CHANGE.code()), is(Field.KIND, Kind.OBJECT_CHANGE.code()))));
        filters.add(is(Field.OUTCOME, Outcome.CHANGED.code()));
        filters.add(is(Field.OBJECT_NAME, key.name()));
        filters.add(is(Field.OBJECT_KIND, key.kind()));
        filters.add(same(Field.OBJECT_NAMESPACE, key.namespace()));
        filters.add(same(Field.OBJECT_GROUP, key.group()));
        filters.add(same(Field.CLUSTER, key.cluster()));
        filters.add(same(Field.MESH, key.source()));
        EventPage page;
        try {
            page = engine.events(new Search(new Filter.And(filters), from, until == Long.MAX_VALUE ? until : until + 1), changes, Optional.empty());
        } catch (QueryException impossible) {
            throw new IllegalStateException("a search without a cursor has nothing to refuse", impossible);
        }
        List<KnownState> states = new ArrayList<>();
        page.hits().forEach(hit -> states.addAll(states(hit)));
        return new Past(states, page.coverage().complete());
    }

    /// The states that one event shows.
    List<KnownState> states(Hit hit) {
        List<KnownState> states = new ArrayList<>();
        for (ObjectState state :
                ObjectStates.of(hit.event(), ObjectStates.record(payloads.of(hit.event(), Field.RAW)))) {
            states.add(new KnownState(state, Optional.of(hit.address())));
        }
        return states;
    }

    private static Filter is(Field field, String value) {
        return new Filter.Text(new Target.OfField(field), Wildcard.exactly(value));
    }

    private static Filter same(Field field, String value) {
        return value.isEmpty() ? new Filter.Not(new Filter.Present(new Target.OfField(field))) : is(field, value);
    }
}
