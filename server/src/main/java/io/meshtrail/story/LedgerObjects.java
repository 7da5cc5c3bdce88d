package io.meshtrail.story;

import io.meshtrail.change.ObjectKey;
import io.meshtrail.change.ObjectStates;
import io.meshtrail.change.PastObjects;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.json.Json;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The states of objects as the ledger has them: in `control` at any time, in other ledgers, to which
/// routes may send changes, during the last day. Any thread.
public final class LedgerObjects implements PastObjects {
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
        Seen seen = seen(key, until);
        return new Past(seen.states().stream().map(SeenState::known).toList(), seen.isComplete());
    }

    /// What the ledger has of an object, with the events.
    ///
    /// @param states newest event first
    record Seen(List<SeenState> states, boolean isComplete) {}

    Seen seen(ObjectKey key, long until) {
        Seen found = seen(key, Filters.inControl(), Long.MIN_VALUE, until);
        if (!found.states().isEmpty()) {
            return found;
        }
        long from = Math.min(until, now.getAsLong()) - DAY;
        Seen elsewhere = seen(key, new Filter.Not(Filters.inControl()), from, until);
        return new Seen(elsewhere.states(), found.isComplete() && elsewhere.isComplete());
    }

    private Seen seen(ObjectKey key, Filter ledger, long from, long until) {
        List<Filter> filters = List.of(
                ledger,
                Filters.isOneOf(Field.KIND, List.of(Kind.POLICY_CHANGE.code(), Kind.OBJECT_CHANGE.code())),
                Filters.is(Field.OUTCOME, Outcome.CHANGED.code()),
                Filters.is(Field.OBJECT_NAME, key.name()),
                Filters.is(Field.OBJECT_KIND, key.kind()),
                Filters.same(Field.OBJECT_NAMESPACE, key.namespace()),
                Filters.same(Field.OBJECT_GROUP, key.group()),
                Filters.same(Field.CLUSTER, key.cluster()),
                Filters.same(Field.MESH, key.source()));
        long to = until == Long.MAX_VALUE ? until : until + 1;
        EventPage page;
        try {
            page = engine.events(new Search(new Filter.And(filters), from, to), CHANGES, Optional.empty());
        } catch (QueryException impossible) {
            throw new IllegalStateException("a search without a cursor has nothing to refuse", impossible);
        }
        List<SeenState> states = new ArrayList<>();
        page.hits().forEach(hit -> states.addAll(states(hit)));
        return new Seen(states, page.coverage().complete());
    }

    /// The states that one event shows.
    List<SeenState> states(Hit hit) {
        return ObjectStates.of(hit.event(), ObjectStates.record(payloads.of(hit.event(), Field.RAW))).stream()
                .map(state -> new SeenState(state, hit))
                .toList();
    }

    /// The object that a change shows; of a deletion the last one that is known.
    Optional<Json> shown(Hit change) {
        List<SeenState> states = states(change);
        Optional<Json> object =
                states.stream().findFirst().flatMap(state -> state.state().object());
        if (object.isPresent() || states.isEmpty()) {
            return object;
        }
        return seen(states.getFirst().state().key(), EventTime.of(change.event())).states().stream()
                .flatMap(state -> state.state().object().stream())
                .findFirst();
    }
}
