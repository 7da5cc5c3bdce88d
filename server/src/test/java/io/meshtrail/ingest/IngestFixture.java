package io.meshtrail.ingest;

import io.meshtrail.event.Address;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.reconcile.Reconciler;
import io.meshtrail.source.envoy.EnvoyMetricStream;
import io.meshtrail.source.otlp.OtlpMetricDecoder;
import io.meshtrail.source.prometheus.RemoteWriteDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real ingest listener on a free port, before a door in memory.
final class IngestFixture implements AutoCloseable {
    static final long NOW = 1_795_000_000_000_000_000L;

    final InMemoryEventSink sink = new InMemoryEventSink();
    final AtomicLong published = new AtomicLong();

    /// -1 while there are no witnesses.
    final AtomicLong witnessed = new AtomicLong(-1);

    final SourceRegistry sources = new SourceRegistry(() -> NOW);
    final Reconciler reconciler = new Reconciler(Duration.ofSeconds(1), NOW);
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final IngestServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();

    IngestFixture() {
        this(limits());
    }

    IngestFixture(IngestLimits limits) {
        server = IngestServer.start(
                List.of(new ListenAddress("127.0.0.1", 0)),
                new IngestServer.Parts(
                        sink,
                        peer -> new WordDecoder("envoy-als"),
                        List.of(new WordDecoder("kubernetes-audit"), new WordDecoder("words")),
                        new Exports(
                                new WordExportDecoder(),
                                new OtlpMetricDecoder(),
                                new RemoteWriteDecoder(),
                                EnvoyMetricStream::new),
                        checkpoints(),
                        sources,
                        reconciler,
                        metrics,
                        () -> NOW,
                        workers,
                        limits));
    }

    private Checkpoints checkpoints() {
        return new Checkpoints() {
            @Override
            public long published(String ledger) {
                return published.get();
            }

            @Override
            public boolean hasWitnesses() {
                return witnessed.get() >= 0;
            }

            @Override
            public long witnessed(String ledger) {
                return witnessed.get();
            }

            @Override
            public Optional<String> proof(Address address) {
                boolean quorum = address.leafIndex() < witnessed.get();
                return address.leafIndex() < published.get()
                        ? Optional.of("proof of " + address + (quorum ? " with a quorum" : ""))
                        : Optional.empty();
            }
        };
    }

    /// Small enough for a test to reach.
    static IngestLimits limits() {
        return new IngestLimits(
                64 * 1024,
                1024 * 1024,
                2 * 1024 * 1024,
                1024 * 1024,
                8 * 1024 * 1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }

    int port() {
        return server.port();
    }

    Answer post(String path, String body, String... headers) throws IOException, InterruptedException {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response);
    }

    /// An answer over HTTP.
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
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

    SourceStatus source(String id) {
        return sources.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        sink.release();
        server.close();
        workers.shutdownNow();
    }
}
