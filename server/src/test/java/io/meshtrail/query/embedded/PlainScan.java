package io.meshtrail.query.embedded;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.query.Facets;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.Hit;
import io.meshtrail.query.Reports;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import io.meshtrail.query.TextOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The oracle: answers by looking at every event, with nothing but [FilterMatcher] and [Reports].
final class PlainScan {
    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey, TextOrder::compare);

    private final List<Hit> newestFirst;

    /// For each event, when better reports of its call were.
    private final Map<Hit, List<Long>> better = new HashMap<>();

    PlainScan(List<Hit> all) {
        newestFirst = all.stream().sorted(Comparator.comparing(Newest::key)).toList();
        Map<String, List<Hit>> byRequest = new HashMap<>();
        for (Hit hit : all) {
            hit.event()
                    .text(Field.REQUEST_ID)
                    .ifPresent(request -> byRequest
                            .computeIfAbsent(request, some -> new ArrayList<>())
                            .add(hit));
        }
        for (List<Hit> reports : byRequest.values()) {
            for (Hit hit : reports) {
                for (Hit other : reports) {
                    if (Reports.replaces(hit.event(), other.event())) {
                        better.computeIfAbsent(hit, some -> new ArrayList<>()).add(Newest.when(other));
                    }
                }
            }
        }
    }

    List<Hit> events(Search search) {
        FilterMatcher matcher = new FilterMatcher(search.filter());
        return newestFirst.stream()
                .filter(hit -> isWithin(Newest.when(hit), search.from(), search.to()))
                .filter(hit -> matcher.matches(hit.address(), hit.event()))
                .toList();
    }

    /// The events that count: of the reports of one call the best.
    List<Hit> counted(Search search) {
        if (BothSides.isAskedFor(search.filter())) {
            return events(search);
        }
        TimeRange around = new TimeRange(search.from(), search.to()).wider(Reports.APART);
        return events(search).stream()
                .filter(hit -> better.getOrDefault(hit, List.of()).stream()
                        .noneMatch(when -> isWithin(when, around.from(), around.to())))
                .toList();
    }

    private static boolean isWithin(long when, long from, long to) {
        return when >= from && (to == Long.MAX_VALUE || when < to);
    }

    /// @param coverage what to say of it
    Facets facets(Search search, Target target, int limit, io.meshtrail.query.Coverage coverage) {
        Map<String, Long> counts = new HashMap<>();
        long absent = 0;
        for (Hit hit : counted(search)) {
            List<String> values = values(hit, target);
            values.forEach(value -> counts.merge(value, 1L, Long::sum));
            absent += values.isEmpty() ? 1 : 0;
        }
        List<Facets.Value> top = counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .limit(limit)
                .map(entry -> new Facets.Value(entry.getKey(), entry.getValue()))
                .toList();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long shown = top.stream().mapToLong(Facets.Value::count).sum();
        return new Facets(top, all - shown, counts.size(), absent, coverage);
    }

    /// The values of a target, each once.
    static List<String> values(Hit hit, Target target) {
        AuditEvent event = hit.event();
        return switch (target) {
            case Target.Ledger() -> List.of(hit.address().ledger());
            case Target.LeafIndex() -> List.of(Long.toString(hit.address().leafIndex()));
            case Target.Attribute(String name) ->
                event.attributes().containsKey(name)
                        ? List.of(event.attributes().getOrDefault(name, ""))
                        : List.of();
            case Target.OfField(Field field) -> {
                if (!event.has(field)) {
                    yield List.of();
                }
                yield switch (field.type()) {
                    case TEXT, JSON -> List.of(event.text(field).orElseThrow());
                    case INTEGER -> List.of(Long.toString(event.number(field).orElseThrow()));
                    case TIME -> List.of(Timestamp.print(event.number(field).orElseThrow()));
                    case TEXTS -> event.texts(field).stream().distinct().toList();
                };
            }
        };
    }

    /// Of a range that has both ends.
    List<Histogram.Bucket> histogram(Search search, int buckets, Field by) {
        long width = Math.ceilDiv(search.to() - search.from(), buckets);
        List<SortedMap<String, Long>> counts = new ArrayList<>();
        for (long from = search.from(); from < search.to(); from += width) {
            counts.add(new TreeMap<>());
        }
        Function<Hit, List<String>> valuesOf = hit -> {
            List<String> values = values(hit, new Target.OfField(by));
            return values.isEmpty() ? List.of("unknown") : values;
        };
        Map<String, Long> totals = new HashMap<>();
        List<Hit> counted = counted(search);
        counted.forEach(hit -> valuesOf.apply(hit).forEach(value -> totals.merge(value, 1L, Long::sum)));
        List<String> top = totals.entrySet().stream()
                .sorted(MOST_FIRST)
                .limit(HistogramSearch.VALUES)
                .map(Map.Entry::getKey)
                .toList();
        for (Hit hit : counted) {
            int bucket = (int) ((Newest.when(hit) - search.from()) / width);
            for (String value : valuesOf.apply(hit)) {
                counts.get(bucket).merge(top.contains(value) ? value : HistogramSearch.OTHER, 1L, Long::sum);
            }
        }
        List<Histogram.Bucket> expected = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            long from = search.from() + i * width;
            expected.add(new Histogram.Bucket(from, Math.min(search.to(), from + width), counts.get(i)));
        }
        return expected;
    }

    /// By both ends, in the order of their names: how many were allowed, denied, failed.
    SortedMap<String, List<Long>> graph(Search search) {
        SortedMap<String, List<Long>> edges = new TreeMap<>();
        List<String> outcomes = List.of("allowed", "denied", "failed");
        for (Hit hit : counted(search)) {
            AuditEvent event = hit.event();
            int outcome = outcomes.indexOf(event.text(Field.OUTCOME).orElse(""));
            boolean call = List.of("request", "connection", "handshake", "token")
                    .contains(event.text(Field.KIND).orElse(""));
            if (call && outcome >= 0) {
                String source = end(
                        event,
                        Field.SOURCE_IDENTITY,
                        Field.SOURCE_NAMESPACE,
                        Field.SOURCE_WORKLOAD,
                        Field.SOURCE_SERVICE,
                        Field.SOURCE_ADDRESS);
                String destination = end(
                        event,
                        Field.DESTINATION_IDENTITY,
                        Field.DESTINATION_NAMESPACE,
                        Field.DESTINATION_WORKLOAD,
                        Field.DESTINATION_SERVICE,
                        Field.DESTINATION_ADDRESS);
                List<Long> counts = edges.computeIfAbsent(
                        source + " > " + destination, ends -> new ArrayList<>(List.of(0L, 0L, 0L)));
                counts.set(outcome, counts.get(outcome) + 1);
            }
        }
        return edges;
    }

    static SortedMap<String, List<Long>> edges(Graph graph) {
        SortedMap<String, List<Long>> edges = new TreeMap<>();
        for (Graph.Edge edge : graph.edges()) {
            edges.put(
                    edge.source() + " > " + edge.destination(), List.of(edge.allowed(), edge.denied(), edge.failed()));
        }
        return edges;
    }

    private static String end(
            AuditEvent event, Field identity, Field namespace, Field workload, Field service, Field address) {
        if (event.has(identity)) {
            return event.text(identity).orElseThrow();
        }
        if (event.has(workload)) {
            String space = event.text(namespace).map(name -> name + "/").orElse("");
            return space + event.text(workload).orElseThrow();
        }
        return event.text(service).or(() -> event.text(address)).orElse("unknown");
    }
}
