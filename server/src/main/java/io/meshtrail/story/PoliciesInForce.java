package io.meshtrail.story;

import io.meshtrail.change.Basis;
import io.meshtrail.change.ObjectKey;
import io.meshtrail.change.ObjectState;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Timestamp;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The policy objects in force at a moment, from the ledger alone. Any thread.
public final class PoliciesInForce {
    /// Changes that are read at once.
    private static final int PAGE = 1_000;

    /// The most changes that are read for one answer.
    private static final int MOST = 100_000;

    /// Changes are looked for in every ledger but the one for the bulk of the traffic.
    private static final String BULK = "traffic";

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::cluster)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::kind)
            .thenComparing(ObjectKey::name)
            .thenComparing(ObjectKey::group)
            .thenComparing(ObjectKey::source);

    private final QueryEngine engine;
    private final LedgerObjects objects;
    private final int most;

    public PoliciesInForce(QueryEngine engine, LedgerObjects objects) {
        this(engine, objects, MOST);
    }

    PoliciesInForce(QueryEngine engine, LedgerObjects objects, int most) {
        this.engine = engine;
        this.objects = objects;
        this.most = most;
    }

    /// The answer.
    ///
    /// @param policies by cluster, namespace, kind and name
    public record Answer(List<Policy> policies, Coverage coverage) {}

    /// One object in force.
    ///
    /// @param change the event that made this revision
    /// @param state the object as far as it is known
    /// @param uncertainty what is not sure about it
    public record Policy(Hit change, ObjectState state, Optional<String> uncertainty) {
        /// The object as plain values; empty if it was never seen.
        public Optional<Object> object() {
            return state.object().map(Plain::of);
        }
    }

    /// @param at nanoseconds since 1970, itself included
    public Answer at(long at, Optional<String> cluster, Optional<String> namespace) {
        Scan scan = new Scan();
        Optional<String> after = Optional.empty();
        Search search = new Search(filter(cluster, namespace), Long.MIN_VALUE, at == Long.MAX_VALUE ? at : at + 1);
        int read = 0;
        while (true) {
            EventPage page = page(search, after);
            page.hits().forEach(scan::add);
            scan.covered(page.coverage());
            read += page.hits().size();
            after = page.next();
            if (after.isEmpty()) {
                return scan.answer(Optional.empty());
            }
            if (read >= most) {
                String oldest =
                        Timestamp.print(EventTime.of(page.hits().getLast().event()));
                return scan.answer(Optional.of(
                        "there are more than " + read + " changes; those before " + oldest + " were not looked at"));
            }
        }
    }

    private EventPage page(Search search, Optional<String> after) {
        try {
            return engine.events(search, Math.min(PAGE, most), after);
        } catch (QueryException impossible) {
            throw new IllegalStateException("the cursor of the page before is refused", impossible);
        }
    }

    private static Filter filter(Optional<String> cluster, Optional<String> namespace) {
        List<Filter> filters = new ArrayList<>();
        filters.add(Filters.is(Field.KIND, Kind.POLICY_CHANGE.code()));
        filters.add(Filters.is(Field.OUTCOME, Outcome.CHANGED.code()));
        filters.add(new Filter.Not(Filters.inLedger(BULK)));
        cluster.ifPresent(name -> filters.add(Filters.isOrAbsent(Field.CLUSTER, name)));
        namespace.ifPresent(name -> filters.add(Filters.is(Field.OBJECT_NAMESPACE, name)));
        return new Filter.And(filters);
    }

    /// What one walk over the changes, newest first, finds.
    private final class Scan {
        private final Map<ObjectKey, Found> found = new TreeMap<>(ORDER);
        private final List<Hit> collections = new ArrayList<>();
        private final Set<String> missing = new LinkedHashSet<>();
        private final TreeMap<String, Long> asOf = new TreeMap<>();

        void covered(Coverage coverage) {
            missing.addAll(coverage.missing());
            // The first page's: what came meanwhile was not looked at.
            coverage.asOf().forEach(asOf::putIfAbsent);
        }

        void add(Hit hit) {
            Optional<ObjectKey> key = ObjectKey.of(hit.event());
            Found known = key.map(found::get).orElse(null);
            if (known != null && known.isSettledBefore(hit)) {
                return;
            }
            List<SeenState> states = objects.states(hit);
            if (states.isEmpty() && isCollection(hit.event())) {
                collections.add(hit);
            }
            states.forEach(state -> found.merge(state.state().key(), Found.of(state), Found::with));
        }

        private static boolean isCollection(AuditEvent event) {
            return event.text(Field.CHANGE_VERB)
                    .filter("deletecollection"::equals)
                    .isPresent();
        }

        Answer answer(Optional<String> leftOut) {
            leftOut.ifPresent(missing::add);
            List<Policy> policies = new ArrayList<>();
            found.forEach((key, each) -> {
                if (!each.last().state().isGone()) {
                    policies.add(each.policy(collection(key, each.last())));
                }
            });
            return new Answer(policies, new Coverage(List.copyOf(missing), asOf));
        }

        /// A later deletion of a whole collection that does not say what was in it.
        private Optional<Hit> collection(ObjectKey key, SeenState last) {
            return collections.stream()
                    .filter(hit ->
                            EventTime.of(hit.event()) >= EventTime.of(last.hit().event()))
                    .filter(hit -> fits(hit.event(), Field.OBJECT_KIND, key.kind())
                            && fits(hit.event(), Field.OBJECT_GROUP, key.group())
                            && fits(hit.event(), Field.OBJECT_NAMESPACE, key.namespace())
                            && fits(hit.event(), Field.CLUSTER, key.cluster()))
                    .findFirst();
        }

        private static boolean fits(AuditEvent event, Field field, String value) {
            return event.text(field).map(value::equals).orElse(true);
        }
    }

    /// What is known of one object so far.
    ///
    /// @param last its last state
    /// @param whole the last one that tells what it is
    private record Found(SeenState last, Optional<SeenState> whole) {
        /// Revisions can overtake their times by this much, in nanoseconds.
        private static final long DISORDER = 60_000_000_000L;

        static Found of(SeenState state) {
            return new Found(state, state.tells() ? Optional.of(state) : Optional.empty());
        }

        Found with(Found other) {
            SeenState later = last.state().isBefore(other.last.state()) ? other.last : last;
            List<SeenState> both = new ArrayList<>();
            whole.ifPresent(both::add);
            other.whole.ifPresent(both::add);
            return new Found(later, ObjectStory.latest(both));
        }

        /// Whether nothing that happened as early as this event can matter any more.
        boolean isSettledBefore(Hit hit) {
            return whole.isPresent()
                    && whole.get().hit().equals(last.hit())
                    && EventTime.of(hit.event()) < EventTime.of(last.hit().event()) - DISORDER;
        }

        Policy policy(Optional<Hit> collection) {
            List<String> doubts = new ArrayList<>();
            ObjectState state = last.state();
            if (!last.tells()) {
                state = whole.map(SeenState::state)
                        .filter(older -> !older.isGone())
                        .map(older -> older(last.state(), older))
                        .orElse(last.state());
                doubts.add(
                        state.basis() == Basis.NONE
                                ? "the change was recorded without the object"
                                : "the change was recorded without the object; shown is that of "
                                        + whole.orElseThrow().hit().address());
            }
            collection.ifPresent(hit -> doubts.add("the deletion of a collection, " + hit.address() + ", at "
                    + Timestamp.print(EventTime.of(hit.event())) + " does not say what it deleted"));
            return new Policy(
                    last.hit(), state, doubts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", doubts)));
        }

        private static ObjectState older(ObjectState last, ObjectState older) {
            return new ObjectState(
                    last.key(),
                    older.object(),
                    Basis.OLDER,
                    false,
                    last.uid(),
                    last.revision(),
                    last.time(),
                    last.request());
        }
    }
}
