package io.meshtrail.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryText;
import io.meshtrail.query.RandomQueries;
import io.meshtrail.query.Reports;
import io.meshtrail.query.Search;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Counts against a plain walk over all events, in which a call that several observers report counts once.
class CountingTest {
    private static final List<String> SIDES = List.of("client", "gateway", "waypoint", "server", "node");

    @Test
    void countsAreThoseOfAPlainWalk() throws QueryException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RandomQueries queries = new RandomQueries(random);
        TableIndex index = new TableIndex();
        index.add("traffic", reports(queries, random, 80), true);
        index.add("traffic", reports(queries, random, 80), false);
        index.add("security", reports(queries, random, 80), true);
        EmbeddedQueryEngine engine = new EmbeddedQueryEngine(index, () -> 0);
        for (int run = 0; run < 100; run++) {
            Filter filter = queries.filter(run % 3);
            long from = RandomQueries.START + random.nextInt(500) * 1_000_000_000L;
            Search search = new Search(filter, from, from + 300_000_000_000L);
            Map<String, Long> expected = counted(index.all, search).stream()
                    .collect(Collectors.groupingBy(
                            hit -> hit.event().text(Field.OUTCOME).orElse("unknown"), Collectors.counting()));
            String story = "seed " + seed + ", query " + run + ": " + QueryText.of(filter);
            assertThat(engine.facets(search, "outcome", 100).values().stream()
                            .collect(Collectors.toMap(Facets.Value::value, Facets.Value::count)))
                    .as(story)
                    .isEqualTo(expected);
            assertThat(engine.histogram(search, 7, Field.OUTCOME).buckets().stream()
                            .map(Histogram.Bucket::counts)
                            .flatMap(counts -> counts.entrySet().stream())
                            .collect(Collectors.groupingBy(
                                    Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue))))
                    .as(story)
                    .isEqualTo(expected);
        }
    }

    private static List<Hit> counted(List<Hit> all, Search search) {
        FilterMatcher matcher = new FilterMatcher(search.filter());
        List<Hit> around = all.stream()
                .filter(hit -> isWithin(hit, search.from() - Reports.APART, search.to() + Reports.APART))
                .toList();
        return all.stream()
                .filter(hit -> isWithin(hit, search.from(), search.to()))
                .filter(hit -> matcher.matches(hit.address(), hit.event()))
                .filter(hit -> around.stream().noneMatch(other -> Reports.replaces(hit.event(), other.event())))
                .sorted(Comparator.comparing(Newest::key))
                .toList();
    }

    private static boolean isWithin(Hit hit, long from, long to) {
        return Newest.when(hit) >= from && Newest.when(hit) < to;
    }

    private static List<AuditEvent> reports(RandomQueries queries, Random random, int count) {
        return Stream.generate(() -> report(queries, random)).limit(count).toList();
    }

    private static AuditEvent report(RandomQueries queries, Random random) {
        AuditEvent.Builder builder = queries.event().toBuilder()
                .text(Field.REQUEST_ID, random.nextInt(5) == 0 ? "" : "r" + random.nextInt(60))
                .text(Field.OBSERVER_SIDE, SIDES.get(random.nextInt(SIDES.size())))
                .text(Field.DESTINATION_IDENTITY, random.nextBoolean() ? "" : "d" + random.nextInt(2));
        return random.nextInt(10) == 0 ? builder.without(Field.TIME).build() : builder.build();
    }
}
