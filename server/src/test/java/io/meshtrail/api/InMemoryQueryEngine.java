package io.meshtrail.api;

import io.meshtrail.event.Address;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.query.Count;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Answers from [InMemoryLedgers] by looking at every event. A cursor is the number of events before it.
final class InMemoryQueryEngine implements QueryEngine {
    private final InMemoryLedgers ledgers;
    private volatile List<String> missing = List.of();
    private volatile List<String> missingLater = List.of();
    private final AtomicInteger pagesBeforeMissing = new AtomicInteger();

    InMemoryQueryEngine(InMemoryLedgers ledgers) {
        this.ledgers = ledgers;
    }

    void missing(String... what) {
        missing = List.of(what);
    }

    /// Lets all pages of events from some on say what they miss.
    void missingFrom(int page, String... what) {
        pagesBeforeMissing.set(page - 1);
        missingLater = List.of(what);
    }

    @Override
    public EventPage events(Search search, int limit, Optional<String> after) throws QueryException {
        if (pagesBeforeMissing.getAndDecrement() == 0 && !missingLater.isEmpty()) {
            missing = missingLater;
        }
        int skip = 0;
        if (after.isPresent()) {
            if (!after.get().matches("[0-9]{1,6}")) {
                throw new QueryException("\"" + after.get() + "\" is no cursor of ours", 0);
            }
            skip = Integer.parseInt(after.get());
        }
        List<Hit> all = matching(search);
        List<Hit> page = all.stream().skip(skip).limit(limit).toList();
        int end = skip + page.size();
        return new EventPage(
                page, end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty(), coverage());
    }

    @Override
    public Optional<Hit> event(Address address) {
        return ledgers.hits().stream()
                .filter(hit -> hit.address().equals(address))
                .findFirst();
    }

    @Override
    public Histogram histogram(Search search, int buckets, Field by) {
        TreeMap<String, Long> counts = new TreeMap<>(counts(search, by));
        return new Histogram(List.of(new Histogram.Bucket(0, 1_000_000_000L, counts)), coverage());
    }

    @Override
    public Facets facets(Search search, String field, int limit) {
        List<Facets.Value> values = counts(search, Field.named(field).orElseThrow()).entrySet().stream()
                .map(entry -> new Facets.Value(entry.getKey(), entry.getValue()))
                .limit(limit)
                .toList();
        return new Facets(values, coverage());
    }

    @Override
    public Count count(Search search) {
        return new Count(matching(search).size(), missing.isEmpty(), coverage());
    }

    @Override
    public Facets recent(Search search, String field, String part, int limit) {
        return new Facets(
                facets(search, field, 1_000).values().stream()
                        .filter(value -> value.value().contains(part))
                        .limit(limit)
                        .toList(),
                coverage());
    }

    @Override
    public Graph graph(Search search) {
        return new Graph(
                List.of(new Graph.Node("a", "shop", ""), new Graph.Node("b", "", "east")),
                List.of(new Graph.Edge("a", "b", matching(search).size(), 0, 0)),
                coverage());
    }

    private Map<String, Long> counts(Search search, Field by) {
        return matching(search).stream()
                .collect(Collectors.groupingBy(
                        hit -> hit.event().text(by).orElse("unknown"), TreeMap::new, Collectors.counting()));
    }

    private List<Hit> matching(Search search) {
        FilterMatcher filter = new FilterMatcher(search.filter());
        return ledgers.hits().stream()
                .filter(hit -> filter.matches(hit.address(), hit.event()))
                .filter(hit -> within(search, hit.event().number(Field.TIME).orElse(0)))
                .toList();
    }

    private static boolean within(Search search, long time) {
        return time >= search.from() && time < search.to();
    }

    private Coverage coverage() {
        TreeMap<String, Long> sizes = new TreeMap<>();
        for (LedgerReader ledger : ledgers.all()) {
            sizes.put(ledger.name(), ledger.size());
        }
        return new Coverage(missing, sizes);
    }
}
