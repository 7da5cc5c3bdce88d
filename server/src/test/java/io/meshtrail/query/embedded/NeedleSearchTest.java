package io.meshtrail.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.ledger.fsck.Finding;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Reports;
import io.meshtrail.query.Search;
import io.meshtrail.segment.Needle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exact searches find what a plain walk over all events finds, wherever the events are and whatever became of
/// the sidecars.
class NeedleSearchTest {
    private static final int RUNS = 25;

    @TempDir
    private Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<Hit> all = new ArrayList<>();

    /// Values that recur in many rows, in a few, and in one.
    private String value(Field field) {
        return switch (random.nextInt(4)) {
            case 0 -> field.column() + "-common-" + random.nextInt(2);
            case 1, 2 -> field.column() + "-few-" + random.nextInt(400);
            default -> field.column() + "-one \"" + random.nextInt(1 << 20);
        };
    }

    private AuditEvent event() {
        AuditEvent.Builder event = AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(random.nextBoolean() ? Outcome.DENIED : Outcome.ALLOWED)
                .number(Field.TIME, System.currentTimeMillis() * 1_000_000 + random.nextInt(1_000_000))
                .text(Field.OBSERVER_SIDE, random.nextBoolean() ? "client" : "server");
        for (Field field : Needle.FIELDS) {
            if (random.nextInt(3) > 0) {
                event.text(field, value(field));
            }
        }
        return event.build();
    }

    private void fill(Workbench bench, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            AuditEvent event = event();
            Address address =
                    bench.append(List.of(event)).placements().getFirst().address();
            all.add(new Hit(address, event));
        }
        bench.settle();
    }

    /// A test of one field, for a value that some event has or that none has.
    private String term() {
        Field field = Needle.FIELDS.get(random.nextInt(Needle.FIELDS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> field.key() + ":(" + quoted(value(field)) + " OR " + quoted(known(field)) + ")";
            case 1 -> field.key() + ":" + quoted(value(field));
            default -> field.key() + ":" + quoted(known(field));
        };
    }

    private String known(Field field) {
        return all.get(random.nextInt(all.size())).event().text(field).orElse("none");
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\"", "\\\"") + "\"";
    }

    private String query() {
        return switch (random.nextInt(6)) {
            case 0 -> term() + " " + term();
            case 1 -> term() + " OR " + term();
            case 2 -> "outcome:denied " + term();
            case 3 -> term() + " -" + term();
            case 4 -> term() + " (" + term() + " OR outcome:allowed)";
            default -> term();
        };
    }

    private void compare(Workbench bench, String stage) throws Exception {
        EmbeddedQueryEngine engine = new EmbeddedQueryEngine(bench.index, () -> 0);
        for (int run = 0; run < RUNS; run++) {
            String query = query();
            Filter filter = QueryParser.parse(query, 0);
            Search search = new Search(filter, Long.MIN_VALUE, Long.MAX_VALUE);
            String story = "seed " + seed + ", " + stage + ": " + query;
            List<Hit> expected = all.stream()
                    .filter(hit -> new FilterMatcher(filter).matches(hit.address(), hit.event()))
                    .toList();
            EventPage page = engine.events(search, 10_000, Optional.empty());
            assertThat(page.hits().stream().map(Hit::address))
                    .as(story)
                    .containsExactlyElementsOf(expected.stream()
                            .map(Newest::key)
                            .sorted()
                            .map(Key::address)
                            .toList());
            assertThat(page.coverage().missing()).as(story).isEmpty();
            Map<String, Long> counted = expected.stream()
                    .filter(hit -> all.stream().noneMatch(other -> Reports.replaces(hit.event(), other.event())))
                    .collect(Collectors.groupingBy(
                            hit -> hit.event().text(Field.OUTCOME).orElseThrow(), Collectors.counting()));
            assertThat(engine.facets(search, "outcome", 10).values().stream()
                            .collect(Collectors.toMap(Facets.Value::value, Facets.Value::count)))
                    .as(story)
                    .isEqualTo(counted);
        }
    }

    private List<Path> sidecars() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data/segments"))) {
            return files.filter(file -> file.toString().endsWith(".sidecar")).toList();
        }
    }

    private static void check(Workbench bench) throws IOException {
        while (bench.sidecars.advance()) {
            // the next one
        }
    }

    @Test
    void exactSearchesFindWhatAWalkFinds() throws Exception {
        try (Workbench bench = new Workbench(folder, 512)) {
            fill(bench, 700);
            compare(bench, "hot");
            bench.seal();
            fill(bench, 900);
            compare(bench, "sealed, not checked");
            bench.seal();
            check(bench);
            assertThat(sidecars()).isNotEmpty();
            compare(bench, "sealed");
            fill(bench, 700);
            bench.seal();
            bench.keep();
            compare(bench, "merged, not checked");
            check(bench);
            compare(bench, "merged");
            for (Path sidecar : sidecars()) {
                Files.delete(sidecar);
            }
            compare(bench, "sidecars gone");
            check(bench);
            assertThat(sidecars()).isNotEmpty();
            compare(bench, "sidecars made again");
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
        for (Path sidecar : sidecars()) {
            byte[] bytes = Files.readAllBytes(sidecar);
            bytes[bytes.length / 2] ^= 1;
            Files.write(sidecar, bytes);
        }
        try (Workbench bench = new Workbench(folder, 512)) {
            bench.settle();
            check(bench);
            compare(bench, "started again with damaged sidecars");
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
    }

    @Test
    void aSearchForOneRequestReadsAFewRowsOfOneSegment() throws Exception {
        try (Workbench bench = new Workbench(folder, 512)) {
            fill(bench, 3_000);
            bench.seal();
            check(bench);
            Hit wanted = all.stream()
                    .filter(hit -> hit.event()
                            .text(Field.REQUEST_ID)
                            .filter(id -> id.contains("-one"))
                            .isPresent())
                    .findFirst()
                    .orElseThrow();
            Filter filter = QueryParser.parse(
                    "request.id:" + quoted(wanted.event().text(Field.REQUEST_ID).orElseThrow()), 0);
            try (Snapshot snapshot = bench.index.snapshot()) {
                List<RowSource> sealed = snapshot.sources().stream()
                        .filter(source -> source.relation().startsWith("read_parquet"))
                        .toList();
                assertThat(sealed).hasSizeGreaterThan(1);
                List<RowSource> narrowed =
                        snapshot.narrowed(sealed, AskedNeedles.of(filter).orElseThrow());
                assertThat(narrowed).hasSize(1);
                assertThat(narrowed.getFirst().relation()).contains("\"leafIndex\" >= ");
                assertThat(narrowed.getFirst().ledger())
                        .isEqualTo(wanted.address().ledger());
            }
        }
    }

    @Test
    void verifyNamesAMissingSidecarAndOneOfOtherRows() throws Exception {
        try (Workbench bench = new Workbench(folder, 512)) {
            fill(bench, 2_500);
            bench.seal();
            bench.stop();
            List<Path> sidecars = sidecars().stream().sorted().toList();
            Path first = sidecars.getFirst();
            byte[] whole = Files.readAllBytes(first);
            Files.delete(first);
            assertThat(bench.fsck().findings())
                    .extracting(Finding::file)
                    .containsExactly(folder.resolve("data").relativize(first).toString());
            Files.write(first, Files.readAllBytes(sidecars.getLast()));
            assertThat(bench.fsck().findings())
                    .extracting(Finding::file)
                    .containsExactly(folder.resolve("data").relativize(first).toString());
            Files.write(first, whole);
            assertThat(bench.fsck().findings()).isEmpty();
        }
    }
}
