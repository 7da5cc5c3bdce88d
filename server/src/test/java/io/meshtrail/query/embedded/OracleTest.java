package io.meshtrail.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.query.Count;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.QueryText;
import io.meshtrail.query.RandomQueries;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every answer is that of a plain scan of the ledgers' entries, wherever the rows are: hot, sealed, merged,
/// in between, and after a restart without anything that can be derived.
class OracleTest {
    private static final int QUERIES = 30;
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> SIDES = List.of("client", "gateway", "waypoint", "server", "node");
    private static final List<String> COUNTED_BY = List.of(
            "outcome",
            "kind",
            "http.path",
            "http.status",
            "user.groups",
            "time",
            "ledger",
            "attributes.a.b/c",
            "request.id",
            "observer.side",
            "source.address");

    /// `root` grows by itself while segments are sealed.
    private static final Filter NOT_ROOT =
            new Filter.Not(new Filter.Text(new Target.Ledger(), Wildcard.exactly("root")));

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("oracle.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final RandomQueries queries = new RandomQueries(random);
    private int asked;

    @Test
    void everyAnswerIsThatOfAPlainScan() throws Exception {
        System.out.println("oracle.seed=" + seed);
        try (Workbench bench = new Workbench(folder, 256)) {
            bench.append(events(700));
            bench.settle();
            compare(bench, "hot");
            bench.seal();
            compare(bench, "sealed and hot");
            bench.append(events(900));
            bench.settle();
            PlainScan scan = scan(bench);
            CompletableFuture<Void> sealing = CompletableFuture.runAsync(() -> {
                try {
                    bench.seal();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
            compare(bench, scan, "during seals");
            sealing.get();
            bench.append(events(300));
            bench.keep();
            compare(bench, "merged, sealed and hot");
            bench.stop();
        }
        removeWhatCanBeDerived();
        try (Workbench bench = new Workbench(folder, 256)) {
            bench.settle();
            compare(bench, "after a restart without derived files");
            bench.append(events(50));
            bench.settle();
            compare(bench, "and on");
        }
    }

    private void removeWhatCanBeDerived() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("data").resolve("segments"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".parquet")) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<AuditEvent> events(int count) {
        return Stream.generate(this::event).limit(count).toList();
    }

    private AuditEvent event() {
        AuditEvent.Builder builder = queries.event().toBuilder();
        if (random.nextInt(4) != 0) {
            builder.text(Field.REQUEST_ID, "r" + random.nextInt(400))
                    .text(Field.OBSERVER_SIDE, SIDES.get(random.nextInt(SIDES.size())));
        }
        if (random.nextBoolean()) {
            builder.text(Field.DESTINATION_IDENTITY, "d" + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            builder.text(Field.SOURCE_WORKLOAD, "w" + random.nextInt(3))
                    .text(Field.SOURCE_NAMESPACE, random.nextBoolean() ? "n" : "m");
        }
        if (random.nextInt(5) == 0) {
            builder.text(Field.TRACE_ID, "t" + random.nextInt(100));
        }
        return builder.build();
    }

    private static PlainScan scan(Workbench bench) throws Exception {
        List<Hit> all = new ArrayList<>();
        for (LedgerReader ledger : bench.ledgers.all()) {
            for (long leafIndex = 0; leafIndex < ledger.size() && !ledger.name().equals("root"); leafIndex++) {
                all.add(new Hit(new Address(ledger.name(), leafIndex), EventCodec.decode(ledger.entry(leafIndex))));
            }
        }
        return new PlainScan(all);
    }

    private void compare(Workbench bench, String where) throws Exception {
        compare(bench, scan(bench), where);
    }

    private void compare(Workbench bench, PlainScan scan, String where) throws Exception {
        EmbeddedQueryEngine engine = new EmbeddedQueryEngine(bench.index, bench.host::elapsed);
        for (int i = 0; i < QUERIES; i++) {
            Filter filter = new Filter.And(List.of(NOT_ROOT, filter()));
            String text = QueryText.of(filter);
            Search search = range(QueryParser.parse(text, 0));
            String story = "oracle.seed=" + seed + ", " + where + ", query " + asked++ + ": " + text + " from "
                    + search.from() + " to " + search.to();
            compareEvents(engine, scan, search, story);
            compareCounts(engine, scan, search, story);
        }
    }

    private Filter filter() {
        return switch (random.nextInt(6)) {
            case 0 ->
                new Filter.Or(List.of(
                        exactly(Field.REQUEST_ID, "r" + random.nextInt(400)),
                        exactly(Field.TRACE_ID, "t" + random.nextInt(100))));
            case 1 -> new Filter.Present(new Target.OfField(Field.OBSERVER_SIDE));
            default -> queries.filter(random.nextInt(4));
        };
    }

    private static Filter exactly(Field field, String value) {
        return new Filter.Text(new Target.OfField(field), Wildcard.exactly(value));
    }

    private Search range(Filter filter) {
        long from = RandomQueries.START + random.nextInt(1_000) * SECOND - random.nextInt(2);
        return switch (random.nextInt(4)) {
            case 0 -> new Search(filter, Long.MIN_VALUE, Long.MAX_VALUE);
            case 1 -> new Search(filter, from, Long.MAX_VALUE);
            default -> new Search(filter, from, from + (1 + random.nextInt(600)) * SECOND);
        };
    }

    private void compareEvents(EmbeddedQueryEngine engine, PlainScan scan, Search search, String story)
            throws Exception {
        List<Hit> expected = scan.events(search);
        List<Hit> found = new ArrayList<>();
        int limit = Math.max(1, expected.size() / (1 + random.nextInt(4)));
        Optional<String> after = Optional.empty();
        do {
            EventPage page = engine.events(search, limit, after);
            assertThat(page.coverage().missing()).as(story).isEmpty();
            found.addAll(page.hits());
            after = page.next();
        } while (after.isPresent());
        assertThat(found).as(story).isEqualTo(expected);
        if (!expected.isEmpty()) {
            Hit one = expected.get(random.nextInt(expected.size()));
            assertThat(engine.event(one.address())).as(story).contains(one);
        }
        Count count = engine.count(search);
        assertThat(count.value()).as(story).isEqualTo(expected.size());
        assertThat(count.exact()).as(story).isTrue();
    }

    private void compareCounts(EmbeddedQueryEngine engine, PlainScan scan, Search search, String story)
            throws Exception {
        String field = COUNTED_BY.get(random.nextInt(COUNTED_BY.size()));
        int limit = 1 + random.nextInt(10);
        Facets facets = engine.facets(search, field, limit);
        assertThat(facets)
                .as(story + " by " + field)
                .isEqualTo(scan.facets(search, Target.named(field).orElseThrow(), limit, facets.coverage()));
        assertThat(PlainScan.edges(engine.graph(search))).as(story).isEqualTo(scan.graph(search));
        if (search.from() != Long.MIN_VALUE && search.to() != Long.MAX_VALUE) {
            Field by = random.nextBoolean() ? Field.KIND : Field.HTTP_PATH;
            int buckets = 1 + random.nextInt(9);
            assertThat(engine.histogram(search, buckets, by).buckets())
                    .as(story + " by " + by.key())
                    .isEqualTo(scan.histogram(search, buckets, by));
        }
    }
}
