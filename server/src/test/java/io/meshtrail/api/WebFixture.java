package io.meshtrail.api;

import io.meshtrail.anchor.AnchorStatus;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.ingest.SourceRegistry;
import io.meshtrail.query.Hit;
import io.meshtrail.story.LedgerObjects;
import io.meshtrail.story.Payloads;
import io.meshtrail.story.PoliciesInForce;
import io.meshtrail.story.PolicyEffect;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real web listener on a free port, before ledgers and an engine in memory.
final class WebFixture implements AutoCloseable {
    static final long NOW = 1_795_000_000_000_000_000L;

    final InMemoryLedgers ledgers = new InMemoryLedgers("control", "security", "traffic");
    final InMemoryQueryEngine engine = new InMemoryQueryEngine(ledgers);
    final Arrivals arrivals;
    final SourceRegistry sources = new SourceRegistry(() -> NOW);
    final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    final InMemoryRoot holds = new InMemoryRoot();
    final AtomicReference<List<AnchorStatus>> anchors = new AtomicReference<>(List.of());
    final FakeUpkeep upkeep = new FakeUpkeep();
    final WebServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();

    WebFixture() {
        this(1_024, Duration.ofSeconds(15));
    }

    WebFixture(int keptArrivals, Duration heartBeat) {
        arrivals = new Arrivals(keptArrivals);
        WebServer.Parts parts = new WebServer.Parts(
                engine,
                ledgers,
                name -> ledgers.get(name).size(),
                anchors::get,
                upkeep,
                arrivals,
                holds.desk(ledgers, () -> NOW),
                (address, event) -> Map.of("policy.change", Map.of("address", "control/0", "basis", "seen 4 s before")),
                policies(),
                sources,
                new Readiness(List.of(Optional::empty, trouble::get)),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                () -> NOW,
                workers,
                Optional.empty(),
                new LongWork(Optional.empty(), workers));
        server = WebServer.start(List.of(new ListenAddress("127.0.0.1", 0)), parts, heartBeat);
    }

    private PolicyRoutes policies() {
        LedgerObjects objects = new LedgerObjects(engine, new Payloads(hash -> Optional.empty()), () -> NOW);
        return new PolicyRoutes(new PoliciesInForce(engine, objects), new PolicyEffect(engine, objects), () -> NOW);
    }

    /// Adds an event that happened some seconds before now.
    Hit add(String ledger, Outcome outcome, String path, long secondsAgo) {
        AuditEvent event = AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(outcome)
                .number(Field.TIME, NOW - secondsAgo * 1_000_000_000L)
                .number(Field.RECEIVED, NOW)
                .text(Field.HTTP_PATH, path)
                .number(Field.HTTP_STATUS, 403)
                .texts(Field.USER_GROUPS, List.of("a", "b"))
                .text(Field.RAW, "{}")
                .text(Field.TRACE_ID, "trace" + path)
                .attribute("x", "y")
                .build();
        Hit hit = ledgers.get(ledger).add(event);
        arrivals.integrated(ledger, hit.address().leafIndex(), List.of(event));
        return hit;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    Answer send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    /// An answer over HTTP.
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return JsonMapper.builder().build().readTree(response.body());
        }

        String detail() {
            return json().get("detail").asString();
        }
    }

    @Override
    public void close() {
        server.close();
        workers.shutdownNow();
    }
}
