package io.meshtrail.query.embedded;

import io.meshtrail.event.Address;
import io.meshtrail.event.Field;
import io.meshtrail.index.Index;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.query.Count;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Answers from the rows of this process. Each answer reads one snapshot and has ten seconds; what it could
/// not read by then it names.
public final class EmbeddedQueryEngine implements QueryEngine {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration COUNTING = Duration.ofSeconds(3);
    private static final Duration TYPING = Duration.ofMillis(500);
    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_BUCKETS = 1_000;

    private final Index index;
    private final LongSupplier elapsed;

    /// @param elapsed nanoseconds of a clock that never goes back
    public EmbeddedQueryEngine(Index index, LongSupplier elapsed) {
        this.index = index;
        this.elapsed = elapsed;
    }

    @Override
    public EventPage events(Search search, int limit, Optional<String> after) throws QueryException {
        requireBetween("limit", limit, MAX_EVENTS);
        Optional<Key> last = after.isEmpty() ? Optional.empty() : Optional.of(Cursor.parse(after.get()));
        try (Snapshot snapshot = index.snapshot()) {
            Reading reading = reading(snapshot, search);
            List<Key> keys = new EventSearch(reading, search, last, limit + 1).keys();
            List<Key> page = keys.subList(0, Math.min(limit, keys.size()));
            List<Hit> hits =
                    new EventRows(reading).fetch(page.stream().map(Key::address).toList());
            Optional<String> next = keys.size() > limit ? Optional.of(Cursor.of(page.getLast())) : Optional.empty();
            return new EventPage(hits, next, reading.coverage());
        }
    }

    @Override
    public Optional<Hit> event(Address address) {
        try (Snapshot snapshot = index.snapshot()) {
            return new EventRows(reading(snapshot))
                    .fetch(List.of(address)).stream().findFirst();
        }
    }

    @Override
    public Histogram histogram(Search search, int buckets, Field by) {
        requireBetween("buckets", buckets, MAX_BUCKETS);
        try (Snapshot snapshot = index.snapshot()) {
            return new HistogramSearch(reading(snapshot, search), search).count(buckets, by);
        }
    }

    @Override
    public Facets facets(Search search, String field, int limit) throws QueryException {
        requireBetween("limit", limit, MAX_EVENTS);
        Target target = target(field);
        try (Snapshot snapshot = index.snapshot()) {
            return new FacetSearch(reading(snapshot, search), search).count(target, limit);
        }
    }

    @Override
    public Count count(Search search) {
        try (Snapshot snapshot = index.snapshot()) {
            return new CountSearch(reading(snapshot, search, COUNTING), search).count();
        }
    }

    @Override
    public Facets recent(Search search, String field, String part, int limit) throws QueryException {
        requireBetween("limit", limit, MAX_EVENTS);
        Target target = target(field);
        try (Snapshot snapshot = index.snapshot()) {
            return new RecentValues(new Reading(snapshot, elapsed, TYPING), search).of(target, part, limit);
        }
    }

    private static Target target(String field) throws QueryException {
        Optional<Target> target = Target.named(field);
        if (target.isEmpty()) {
            throw new QueryException("unknown field '" + field + "'", 0);
        }
        return target.get();
    }

    @Override
    public Graph graph(Search search) {
        try (Snapshot snapshot = index.snapshot()) {
            return new GraphSearch(reading(snapshot, search), search).count();
        }
    }

    private Reading reading(Snapshot snapshot) {
        return new Reading(snapshot, elapsed, LIMIT);
    }

    private Reading reading(Snapshot snapshot, Search search) {
        return reading(snapshot, search, LIMIT);
    }

    /// What is pruned and could have matched is missing from the answer.
    private Reading reading(Snapshot snapshot, Search search, Duration limit) {
        Reading reading = new Reading(snapshot, elapsed, limit);
        TimeRange range = new TimeRange(search.from(), search.to());
        for (RowSource gone : snapshot.pruned()) {
            if (range.meets(gone) && !Narrowing.to(gone, search.filter()).equals(Narrowing.NOTHING)) {
                reading.missPruned(gone);
            }
        }
        return reading;
    }

    private static void requireBetween(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " " + value + ", from 1 to " + most);
        }
    }
}
