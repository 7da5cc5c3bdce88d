package io.meshtrail.story;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The traffic that a change of policy touched: who called what it applies to, and how that ended, in equal
/// windows before and after it. Any thread.
public final class PolicyEffect {
    private static final List<String> CALLS =
            List.of(Kind.REQUEST.code(), Kind.CONNECTION.code(), Kind.TOKEN.code(), Kind.HANDSHAKE.code());

    private final QueryEngine engine;
    private final LedgerObjects objects;

    public PolicyEffect(QueryEngine engine, LedgerObjects objects) {
        this.engine = engine;
        this.objects = objects;
    }

    /// How some calls ended.
    public record Counts(long allowed, long denied, long failed) {
        static final Counts NONE = new Counts(0, 0, 0);

        long all() {
            return allowed + denied + failed;
        }
    }

    /// What became of a caller.
    public enum Verdict {
        NEWLY_DENIED("newly_denied"),
        NEWLY_ALLOWED("newly_allowed"),
        STILL_DENIED("still_denied"),
        QUIET("quiet"),
        UNCHANGED("unchanged");

        private final String code;

        Verdict(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Verdict of(Counts before, Counts after) {
            if (before.denied() == 0) {
                return after.denied() > 0 ? NEWLY_DENIED : UNCHANGED;
            }
            if (after.denied() > 0) {
                return STILL_DENIED;
            }
            return after.all() == 0 ? QUIET : NEWLY_ALLOWED;
        }
    }

    /// One caller of one destination.
    public record Caller(String source, String destination, Counts before, Counts after) {
        public Verdict verdict() {
            return Verdict.of(before, after);
        }
    }

    /// The answer.
    ///
    /// @param time of the change, nanoseconds since 1970
    /// @param from the start of the first window
    /// @param to the end of the second, exclusive
    /// @param callers those whose verdict changed first
    public record Answer(
            Hit change, long time, long from, long to, PolicyScope scope, List<Caller> callers, Coverage coverage) {}

    private record Ends(String source, String destination) {}

    /// @param window nanoseconds
    public Answer of(Hit change, long window) {
        long time = EventTime.of(change.event());
        PolicyScope scope = PolicyScope.of(change.event(), objects.shown(change));
        Filter filter = calls(change.event(), scope);
        Graph before = engine.graph(new Search(filter, time - window, time));
        Graph after = engine.graph(new Search(filter, time, time + window));
        Map<Ends, Counts> old = counts(before);
        Map<Ends, Counts> now = counts(after);
        Set<Ends> all = new LinkedHashSet<>(now.keySet());
        all.addAll(old.keySet());
        List<Caller> callers = new ArrayList<>();
        for (Ends ends : all) {
            callers.add(new Caller(
                    ends.source(),
                    ends.destination(),
                    old.getOrDefault(ends, Counts.NONE),
                    now.getOrDefault(ends, Counts.NONE)));
        }
        callers.sort(Comparator.comparing(Caller::verdict)
                .thenComparing(caller -> caller.before().all() + caller.after().all(), Comparator.reverseOrder())
                .thenComparing(Caller::source)
                .thenComparing(Caller::destination));
        return new Answer(change, time, time - window, time + window, scope, callers, both(before, after));
    }

    private static Filter calls(AuditEvent change, PolicyScope scope) {
        List<Filter> filters = new ArrayList<>();
        filters.add(Filters.isOneOf(Field.KIND, CALLS));
        change.text(Field.CLUSTER).ifPresent(cluster -> filters.add(Filters.isOrAbsent(Field.CLUSTER, cluster)));
        try {
            filters.add(QueryParser.parse(scope.query(), 0));
        } catch (QueryException impossible) {
            throw new IllegalStateException("a query of our own does not parse: " + scope.query(), impossible);
        }
        return new Filter.And(filters);
    }

    private static Map<Ends, Counts> counts(Graph graph) {
        Map<Ends, Counts> counts =
                new TreeMap<>(Comparator.comparing(Ends::source).thenComparing(Ends::destination));
        for (Graph.Edge edge : graph.edges()) {
            counts.merge(
                    new Ends(edge.source(), edge.destination()),
                    new Counts(edge.allowed(), edge.denied(), edge.failed()),
                    (one, other) -> new Counts(
                            one.allowed() + other.allowed(),
                            one.denied() + other.denied(),
                            one.failed() + other.failed()));
        }
        return counts;
    }

    private static Coverage both(Graph before, Graph after) {
        Set<String> missing = new LinkedHashSet<>(before.coverage().missing());
        missing.addAll(after.coverage().missing());
        return new Coverage(List.copyOf(missing), before.coverage().asOf());
    }

    /// Whether an event is a change to a policy, whose effect can be asked for.
    public static boolean isPolicyChange(AuditEvent event) {
        return event.text(Field.KIND).filter(Kind.POLICY_CHANGE.code()::equals).isPresent()
                && event.has(Field.OBJECT_KIND);
    }

    /// The change at an address, if the ledger has it and search reads it.
    public Optional<Hit> change(Address address) {
        return engine.event(address);
    }
}
