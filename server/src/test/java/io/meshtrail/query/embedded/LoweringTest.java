package io.meshtrail.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.QueryText;
import io.meshtrail.query.RandomQueries;
import io.meshtrail.query.Search;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the engine finds is what the matcher says: random filters over random events, hostile texts among
/// them.
class LoweringTest {
    private static final int QUERIES = 400;

    @Test
    void sqlFindsWhatTheMatcherSays() {
        long seed = new Random().nextLong();
        RandomQueries queries = new RandomQueries(new Random(seed));
        TableIndex index = new TableIndex();
        index.add("control", events(queries, 60), true);
        index.add("security", events(queries, 60), true);
        index.add("security", events(queries, 60), false);
        Reading reading = new Reading(index.snapshot(), () -> 0, Duration.ofSeconds(10));
        long found = 0;
        for (int run = 0; run < QUERIES; run++) {
            Filter filter = queries.filter(run % 4);
            Search search = new Search(filter, Long.MIN_VALUE, Long.MAX_VALUE);
            List<Key> keys = new EventSearch(reading, search, Optional.empty(), 1_000).keys();
            FilterMatcher matcher = new FilterMatcher(filter);
            List<Key> expected = index.all.stream()
                    .filter(hit -> matcher.matches(hit.address(), hit.event()))
                    .map(Newest::key)
                    .sorted()
                    .toList();
            assertThat(keys)
                    .as("seed %s, query %s: %s", seed, run, QueryText.of(filter))
                    .isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).as("seed %s", seed).isGreaterThan(QUERIES);
    }

    private static List<AuditEvent> events(RandomQueries queries, int count) {
        return Stream.generate(queries::event).limit(count).toList();
    }
}
