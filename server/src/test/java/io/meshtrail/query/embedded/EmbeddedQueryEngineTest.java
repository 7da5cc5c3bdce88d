package io.meshtrail.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Pages, counts and graph of the engine, by example.
class EmbeddedQueryEngineTest {
    private static final long SECOND = 1_000_000_000L;

    private final TableIndex index = new TableIndex();
    private final EmbeddedQueryEngine engine = new EmbeddedQueryEngine(index, () -> 0);

    @Test
    void pagesWalkAllEventsNewestFirst() throws QueryException {
        for (int source = 0; source < 12; source++) {
            index.add("traffic", List.of(call(source), call(source + 1), call(30 - source)), source % 3 != 0);
            index.add("security", List.of(call(source)), true);
        }
        List<Hit> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            EventPage page = engine.events(everything(), 5, after);
            seen.addAll(page.hits());
            after = page.next();
            index.add("traffic", List.of(call(1_000)), true);
        } while (after.isPresent());
        assertThat(seen)
                .isEqualTo(index.all.stream()
                        .filter(hit -> Newest.when(hit) < 1_000 * SECOND)
                        .sorted(Comparator.comparing(Newest::key))
                        .toList());
    }

    @Test
    void theRangeIncludesItsBeginningAndExcludesItsEnd() throws QueryException {
        index.add("traffic", List.of(call(1), call(2), call(3), call(4)), true);
        Search search = new Search(new Filter.Everything(), 2 * SECOND, 4 * SECOND);
        assertThat(engine.events(search, 10, Optional.empty()).hits())
                .extracting(hit -> hit.address().leafIndex())
                .containsExactly(2L, 1L);
    }

    @Test
    void aStrangeCursorIsRefused() {
        assertThatThrownBy(() -> engine.events(everything(), 5, Optional.of("abc")))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("'abc' is no cursor");
        assertThatThrownBy(() -> engine.events(everything(), 5, Optional.of("%%%")))
                .isInstanceOf(QueryException.class);
    }

    @Test
    void oneEventIsFoundByItsAddress() {
        index.add("traffic", List.of(call(1), call(2)), true);
        assertThat(engine.event(new Address("traffic", 1)).orElseThrow().event())
                .isEqualTo(call(2));
        assertThat(engine.event(new Address("traffic", 2))).isEmpty();
        assertThat(engine.event(new Address("control", 0))).isEmpty();
    }

    @Test
    void aTimeOutAnswersWithWhatWasCovered() throws QueryException {
        for (int i = 0; i < 9; i++) {
            index.add("traffic", List.of(call(i)), true);
        }
        index.engine.beLateFor(sql -> sql.contains("FROM t0"));
        EventPage page = engine.events(everything(), 100, Optional.empty());
        assertThat(page.hits()).hasSize(4);
        assertThat(page.coverage().complete()).isFalse();
        assertThat(page.coverage().missing())
                .containsExactly("time-out after 10000 ms: 5 of 9 parts were not looked at,"
                        + " events at and before 1970-01-01T00:00:04.000000000Z");
        assertThat(engine.facets(everything(), "outcome", 5).coverage().missing())
                .containsExactly("time-out after 10000 ms: no counts");
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestAnswers() throws QueryException {
        index.add("traffic", List.of(call(1)), true);
        index.addBroken("traffic");
        index.miss("catching up");
        EventPage page = engine.events(everything(), 100, Optional.empty());
        assertThat(page.hits()).hasSize(1);
        assertThat(page.coverage().missing().getFirst()).isEqualTo("catching up");
        assertThat(page.coverage().missing().getLast()).contains("entries 1 to 10 of traffic cannot be read");
        assertThat(page.coverage().asOf()).isEqualTo(Map.of("traffic", 11L));
        assertThat(engine.facets(everything(), "outcome", 5).values()).containsExactly(new Facets.Value("allowed", 1));
    }

    @Test
    void theHistogramHasNoHolesAndEndsWhereAsked() {
        index.add("traffic", List.of(call(1), call(2), call(2), call(9), denied(9)), true);
        Histogram histogram =
                engine.histogram(new Search(new Filter.Everything(), SECOND, 11 * SECOND), 4, Field.OUTCOME);
        assertThat(histogram.buckets())
                .containsExactly(
                        bucket(1_000, 3_500, Map.of("allowed", 3L)),
                        bucket(3_500, 6_000, Map.of()),
                        bucket(6_000, 8_500, Map.of()),
                        bucket(8_500, 11_000, Map.of("allowed", 1L, "denied", 1L)));
    }

    @Test
    void anOpenHistogramReachesFromFirstToLastMatch() {
        index.add("traffic", List.of(call(1), denied(2), denied(5), call(9)), true);
        Histogram histogram = engine.histogram(search("outcome:denied"), 3, Field.OUTCOME);
        assertThat(histogram.buckets()).hasSize(3);
        assertThat(histogram.buckets().getFirst().from()).isEqualTo(2 * SECOND);
        assertThat(histogram.buckets().getLast().to()).isEqualTo(5 * SECOND + 1);
        assertThat(engine.histogram(search("outcome:failed"), 3, Field.OUTCOME).buckets())
                .isEmpty();
    }

    @Test
    void rareValuesAreCountedTogether() {
        List<AuditEvent> events = new ArrayList<>();
        for (int value = 0; value < 12; value++) {
            for (int i = 0; i <= value; i++) {
                events.add(
                        call(1).toBuilder().text(Field.HTTP_PATH, "/" + value).build());
            }
        }
        events.add(call(1));
        index.add("traffic", events, true);
        Map<String, Long> counts = engine.histogram(everything(), 1, Field.HTTP_PATH)
                .buckets()
                .getFirst()
                .counts();
        assertThat(counts).hasSize(9).containsEntry("/11", 12L).containsEntry("other", 1L + 2 + 3 + 4 + 1);
    }

    @Test
    void facetsCountValuesOfFieldsListsAttributesAndLedgers() throws QueryException {
        AuditEvent one = call(1).toBuilder()
                .texts(Field.USER_GROUPS, List.of("a", "b", "a"))
                .attribute("x.y/z", "\"1\"\0")
                .build();
        AuditEvent two =
                call(2).toBuilder().texts(Field.USER_GROUPS, List.of("b")).build();
        index.add("traffic", List.of(one, two, call(3)), true);
        index.add("security", List.of(two), true);
        assertThat(engine.histogram(everything(), 1, Field.USER_GROUPS)
                        .buckets()
                        .getFirst()
                        .counts())
                .isEqualTo(Map.of("a", 1L, "b", 3L, "unknown", 1L));
        assertThat(facet("user.groups")).containsExactly(value("b", 3), value("a", 1));
        assertThat(facet("attributes.x.y/z")).containsExactly(value("\"1\"\0", 1));
        assertThat(facet("ledger")).containsExactly(value("traffic", 3), value("security", 1));
        assertThat(facet("http.status")).containsExactly(value("200", 4));
        assertThat(facet("time").getFirst()).isEqualTo(value("1970-01-01T00:00:02.000000000Z", 2));
        assertThatThrownBy(() -> facet("nonsense")).isInstanceOf(QueryException.class);
    }

    @Test
    void aCallSeenFromBothSidesCountsOnceAsTheServerSaw() throws QueryException {
        AuditEvent client =
                hop("r1", "client", "a", "b").outcome(Outcome.ALLOWED).build();
        AuditEvent server =
                hop("r1", "server", "a", "b").outcome(Outcome.DENIED).build();
        AuditEvent alone =
                hop("r2", "client", "a", "b").outcome(Outcome.ALLOWED).build();
        index.add("traffic", List.of(client, alone), true);
        index.add("security", List.of(server), true);
        assertThat(facet("outcome")).containsExactlyInAnyOrder(value("allowed", 1), value("denied", 1));
        assertThat(engine.facets(search("outcome:allowed"), "request.id", 9).values())
                .containsExactly(value("r2", 1));
        assertThat(engine.facets(search("observer.side:*"), "outcome", 9).values())
                .containsExactly(value("allowed", 2), value("denied", 1));
        assertThat(engine.events(everything(), 10, Optional.empty()).hits()).hasSize(3);
    }

    @Test
    void theNextHopOfAChainIsAnotherCall() throws QueryException {
        index.add(
                "traffic",
                List.of(
                        hop("r1", "client", "a", "b").build(),
                        hop("r1", "server", "a", "b").build(),
                        hop("r1", "client", "b", "c").build()),
                true);
        assertThat(facet("request.id")).containsExactly(value("r1", 2));
    }

    @Test
    void theGraphNamesEndsByWhatIsKnown() {
        AuditEvent named = call(1).toBuilder()
                .outcome(Outcome.FAILED)
                .text(Field.SOURCE_ADDRESS, "10.0.0.1")
                .text(Field.DESTINATION_NAMESPACE, "shop")
                .text(Field.DESTINATION_WORKLOAD, "cart")
                .text(Field.CLUSTER, "east")
                .text(Field.OBSERVER_SIDE, "server")
                .build();
        AuditEvent change = call(1).toBuilder()
                .kind(Kind.POLICY_CHANGE)
                .outcome(Outcome.CHANGED)
                .build();
        index.add("traffic", List.of(named, named, denied(1), change), true);
        Graph graph = engine.graph(everything());
        assertThat(graph.edges())
                .containsExactly(
                        new Graph.Edge("10.0.0.1", "shop/cart", 0, 0, 2),
                        new Graph.Edge("unknown", "unknown", 0, 1, 0));
        assertThat(graph.nodes())
                .containsExactly(
                        new Graph.Node("10.0.0.1", "", "east"),
                        new Graph.Node("shop/cart", "shop", "east"),
                        new Graph.Node("unknown", "", ""));
    }

    private List<Facets.Value> facet(String field) throws QueryException {
        return engine.facets(everything(), field, 100).values();
    }

    private static Facets.Value value(String value, long count) {
        return new Facets.Value(value, count);
    }

    private static Histogram.Bucket bucket(long fromMillis, long toMillis, Map<String, Long> counts) {
        return new Histogram.Bucket(fromMillis * 1_000_000, toMillis * 1_000_000, new TreeMap<>(counts));
    }

    private static Search everything() {
        return search("*");
    }

    private static Search search(String query) {
        try {
            return new Search(QueryParser.parse(query, 0), Long.MIN_VALUE, Long.MAX_VALUE);
        } catch (QueryException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static AuditEvent call(long second) {
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(Outcome.ALLOWED)
                .number(Field.TIME, second * SECOND)
                .number(Field.RECEIVED, (second + 1) * SECOND)
                .number(Field.HTTP_STATUS, 200)
                .build();
    }

    private static AuditEvent denied(long second) {
        return call(second).toBuilder().outcome(Outcome.DENIED).build();
    }

    private static AuditEvent.Builder hop(String request, String side, String source, String destination) {
        return call(5).toBuilder()
                .text(Field.REQUEST_ID, request)
                .text(Field.OBSERVER_SIDE, side)
                .text(Field.SOURCE_IDENTITY, source)
                .text(Field.DESTINATION_IDENTITY, destination);
    }
}
