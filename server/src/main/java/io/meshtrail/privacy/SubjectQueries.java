package io.meshtrail.privacy;

import io.meshtrail.event.Address;
import io.meshtrail.event.Field;
import io.meshtrail.query.Casing;
import io.meshtrail.query.Count;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An engine that is asked about values and answers with values, before one that knows only pseudonyms:
/// the one place through which every search goes.
final class SubjectQueries implements QueryEngine {
    /// How many of the newest values are looked through for a part.
    private static final int RECENT = 1_000;

    private final QueryEngine stored;
    private final SubjectTable table;
    private final SubjectView view;

    SubjectQueries(QueryEngine stored, SubjectTable table, SubjectView view) {
        this.stored = stored;
        this.table = table;
        this.view = view;
    }

    /// A search as the stored events understand it.
    ///
    /// @param incomplete what it leaves out
    private record Translated(Search search, List<String> incomplete) {
        Coverage with(Coverage coverage) {
            if (incomplete.isEmpty()) {
                return coverage;
            }
            List<String> missing = new ArrayList<>(coverage.missing());
            missing.addAll(incomplete);
            return new Coverage(List.copyOf(missing), coverage.asOf());
        }
    }

    private Translated translated(Search search) {
        FilterTranslation translation = new FilterTranslation(table);
        Filter filter = translation.of(search.filter());
        return new Translated(new Search(filter, search.from(), search.to()), translation.incomplete());
    }

    private Hit shown(Hit hit) {
        return new Hit(hit.address(), view.event(hit.event()));
    }

    @Override
    public EventPage events(Search search, int limit, Optional<String> after) throws QueryException {
        Translated translated = translated(search);
        EventPage page = stored.events(translated.search(), limit, after);
        return new EventPage(
                page.hits().stream().map(this::shown).toList(), page.next(), translated.with(page.coverage()));
    }

    @Override
    public Optional<Hit> event(Address address) {
        return stored.event(address).map(this::shown);
    }

    @Override
    public Histogram histogram(Search search, int buckets, Field by) {
        Translated translated = translated(search);
        Histogram histogram = stored.histogram(translated.search(), buckets, by);
        List<Histogram.Bucket> shown =
                histogram.buckets().stream().map(this::shown).toList();
        return new Histogram(shown, translated.with(histogram.coverage()));
    }

    private Histogram.Bucket shown(Histogram.Bucket bucket) {
        SortedMap<String, Long> counts = new TreeMap<>();
        bucket.counts().forEach((value, count) -> counts.merge(view.text(value), count, Long::sum));
        return new Histogram.Bucket(bucket.from(), bucket.to(), counts);
    }

    @Override
    public Facets facets(Search search, String field, int limit) throws QueryException {
        Translated translated = translated(search);
        Facets facets = stored.facets(translated.search(), field, limit);
        // A value may stand there by itself, from before, and as its pseudonym.
        Map<String, Long> counts = new LinkedHashMap<>();
        facets.values().forEach(value -> counts.merge(view.text(value.value()), value.count(), Long::sum));
        List<Facets.Value> values = counts.entrySet().stream()
                .map(each -> new Facets.Value(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Facets.Value::count).reversed().thenComparing(Facets.Value::value))
                .toList();
        return new Facets(
                values, facets.other(), facets.distinct(), facets.absent(), translated.with(facets.coverage()));
    }

    @Override
    public Count count(Search search) {
        Translated translated = translated(search);
        Count count = stored.count(translated.search());
        Coverage coverage = translated.with(count.coverage());
        return new Count(count.value(), count.exact() && coverage.complete(), coverage);
    }

    /// A part of a value is no part of its pseudonym: the stored values are many, and chosen here.
    @Override
    public Facets recent(Search search, String field, String part, int limit) throws QueryException {
        Translated translated = translated(search);
        Facets facets = stored.recent(translated.search(), field, "", RECENT);
        String wanted = Casing.lower(part);
        Map<String, Long> counts = new LinkedHashMap<>();
        facets.values().forEach(value -> counts.merge(view.text(value.value()), value.count(), Long::sum));
        List<Facets.Value> values = counts.entrySet().stream()
                .filter(each -> Casing.lower(each.getKey()).contains(wanted))
                .map(each -> new Facets.Value(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing((Facets.Value value) ->
                                !Casing.lower(value.value()).startsWith(wanted))
                        .thenComparing(
                                Comparator.comparingLong(Facets.Value::count).reversed())
                        .thenComparing(Facets.Value::value))
                .limit(limit)
                .toList();
        return new Facets(values, translated.with(facets.coverage()));
    }

    @Override
    public Graph graph(Search search) {
        Translated translated = translated(search);
        Graph graph = stored.graph(translated.search());
        Map<String, Graph.Node> nodes = new LinkedHashMap<>();
        for (Graph.Node node : graph.nodes()) {
            String id = view.text(node.id());
            nodes.putIfAbsent(id, new Graph.Node(id, node.namespace(), node.cluster()));
        }
        Map<List<String>, Graph.Edge> edges = new LinkedHashMap<>();
        for (Graph.Edge edge : graph.edges()) {
            String source = view.text(edge.source());
            String destination = view.text(edge.destination());
            edges.merge(
                    List.of(source, destination),
                    new Graph.Edge(source, destination, edge.allowed(), edge.denied(), edge.failed()),
                    SubjectQueries::sum);
        }
        return new Graph(List.copyOf(nodes.values()), List.copyOf(edges.values()), translated.with(graph.coverage()));
    }

    private static Graph.Edge sum(Graph.Edge one, Graph.Edge other) {
        return new Graph.Edge(
                one.source(),
                one.destination(),
                one.allowed() + other.allowed(),
                one.denied() + other.denied(),
                one.failed() + other.failed());
    }
}
