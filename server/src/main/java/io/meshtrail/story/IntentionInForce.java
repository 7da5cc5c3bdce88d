package io.meshtrail.story;

import io.meshtrail.change.ObjectKey;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.json.Json;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Finds the intention that applied to a call in Consul, whose proxies do not name it: of the versions in
/// the ledger the last one before the call. The more exact one wins, first by destination, then by source.
final class IntentionInForce {
    private static final String ANY = "*";

    /// The entry of Consul's own API, and of its custom resource.
    private static final List<String> KINDS = List.of("service-intentions", "ServiceIntentions");

    /// Objects that speak about one destination: one in each cluster and namespace, or a few more.
    private static final int CHANGES = 200;

    private final QueryEngine engine;
    private final LedgerObjects objects;

    IntentionInForce(QueryEngine engine, LedgerObjects objects) {
        this.engine = engine;
        this.objects = objects;
    }

    /// The object and, as `source`, the entry of it that applies.
    private record Match(SeenState state, String destination, Json source) {}

    Optional<SequencedMap<String, Object>> of(AuditEvent event) {
        boolean verdict = event.text(Field.MESH).filter("consul"::equals).isPresent()
                && event.text(Field.KIND)
                        .filter(kind -> kind.equals(Kind.REQUEST.code()) || kind.equals(Kind.CONNECTION.code()))
                        .isPresent()
                && event.text(Field.OUTCOME)
                        .filter(outcome -> !outcome.equals(Outcome.FAILED.code()))
                        .isPresent();
        Optional<String> destination = event.text(Field.DESTINATION_SERVICE);
        Optional<String> source = event.text(Field.SOURCE_SERVICE);
        if (!verdict || destination.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        List<SeenState> states = states(event);
        for (String name : List.of(destination.get(), ANY)) {
            for (String caller : List.of(source.get(), ANY)) {
                Optional<Match> match = match(states, name, caller, event);
                if (match.isPresent()) {
                    return Optional.of(shown(event, match.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// The states of all intentions at the time of the event.
    private List<SeenState> states(AuditEvent event) {
        long time = EventTime.of(event);
        Filter filter = new Filter.And(List.of(
                Filters.inControl(),
                Filters.is(Field.KIND, Kind.POLICY_CHANGE.code()),
                Filters.is(Field.OUTCOME, Outcome.CHANGED.code()),
                Filters.isOneOf(Field.OBJECT_KIND, KINDS),
                event.text(Field.CLUSTER)
                        .map(cluster -> Filters.isOrAbsent(Field.CLUSTER, cluster))
                        .orElse(new Filter.Everything())));
        List<Hit> hits;
        try {
            hits = engine.events(new Search(filter, Long.MIN_VALUE, time + 1), CHANGES, Optional.empty())
                    .hits();
        } catch (QueryException impossible) {
            throw new IllegalStateException("a search without a cursor has nothing to refuse", impossible);
        }
        Set<ObjectKey> keys = new LinkedHashSet<>();
        hits.forEach(hit -> ObjectKey.of(hit.event()).ifPresent(keys::add));
        return keys.stream()
                .flatMap(key -> ObjectStory.latest(objects.seen(key, time).states()).stream())
                .filter(state -> !state.state().isGone())
                .toList();
    }

    private static Optional<Match> match(List<SeenState> states, String destination, String source, AuditEvent event) {
        Optional<String> namespace = event.text(Field.SOURCE_NAMESPACE);
        for (SeenState each : states) {
            Json object = each.state().object().orElse(Json.Scalar.NULL);
            Json spec = object.get("spec").isObject() ? object.get("spec") : object;
            if (!destination(object, spec).equals(destination)) {
                continue;
            }
            for (Json entry : either(spec, "Sources", "sources").items()) {
                String in = either(entry, "Namespace", "namespace").text().orElse("");
                boolean here = in.isEmpty() || in.equals(ANY) || namespace.isEmpty() || in.equals(namespace.get());
                if (here && either(entry, "Name", "name").text().orElse("").equals(source)) {
                    return Optional.of(new Match(each, destination, entry));
                }
            }
        }
        return Optional.empty();
    }

    private static String destination(Json object, Json spec) {
        return spec.get("destination")
                .get("name")
                .text()
                .or(() -> object.get("Name").text())
                .orElse("");
    }

    private static Json either(Json object, String one, String other) {
        return object.get(one).isNull() ? object.get(other) : object.get(one);
    }

    private static SequencedMap<String, Object> shown(AuditEvent event, Match match) {
        SequencedMap<String, Object> shown =
                new LinkedHashMap<>(match.state().toMap(match.state().state().object()));
        Object source = Plain.of(match.source());
        if (source != null) {
            shown.put("source", source);
        }
        long before = EventTime.of(event) - EventTime.of(match.state().hit().event());
        shown.put(
                "basis",
                "intentions of " + match.destination() + " as last seen " + PolicyChange.inWords(before)
                        + " before, by name of source and destination");
        boolean permissions =
                !either(match.source(), "Permissions", "permissions").isNull();
        shown.put(
                "uncertainty",
                (permissions ? "its permissions by path, method and header are not evaluated; " : "")
                        + "a change may need some seconds to reach the proxy");
        return shown;
    }
}
