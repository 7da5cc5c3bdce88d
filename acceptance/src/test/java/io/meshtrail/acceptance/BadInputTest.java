package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What strangers and enemies send: a clear error, a rejection with its reason, or the lenient record; and
/// meanwhile an honest stream whose every entry must arrive.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BadInputTest {
    private static final int LINES_LIMIT = 64 * 1024 * 1024;
    private static final int SOCKET_PATIENCE_MILLIS = 10_000;

    @TempDir
    private static Path folder;

    private ServerProcess server;
    private Api api;
    private AlsStream honest;
    private final AtomicInteger honestEntries = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @BeforeAll
    void start() throws IOException {
        server = ServerProcess.Plan.in(folder.resolve("data")).start();
        api = server.api();
        honest = AlsStream.open(server.ingest());
        ScheduledFuture<?> _ = clock.scheduleAtFixedRate(this::sendHonestly, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void sendHonestly() {
        int number = honestEntries.get();
        List<HTTPAccessLogEntry> entry =
                List.of(AccessLog.request("honest-" + number).build());
        if (honest.send(number == 0 ? AccessLog.first("honest", entry) : AccessLog.message(entry))) {
            honestEntries.incrementAndGet();
        }
    }

    @AfterAll
    void end() {
        clock.shutdownNow();
        if (honest != null) {
            honest.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private InetSocketAddress webAddress() {
        return new InetSocketAddress(server.web().getHost(), server.web().getPort());
    }

    @Test
    @Order(1)
    void garbage_on_either_port_ends_its_own_connection_only() throws IOException {
        long seed = Long.getLong("meshtrail.seed", System.nanoTime());
        System.out.println("Repeat with -Dmeshtrail.seed=" + seed);
        Random random = new Random(seed);
        for (InetSocketAddress address : List.of(server.ingest(), webAddress())) {
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[1 + random.nextInt(8_192)];
                random.nextBytes(garbage);
                exchange(address, garbage);
                // The same behind the opening words of HTTP/2.
                ByteArrayOutputStream behind = new ByteArrayOutputStream();
                behind.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                behind.writeBytes(garbage);
                exchange(address, behind.toByteArray());
            }
        }
        assertReady();
    }

    /// Sends bytes and reads what comes until the end, a refusal to take more included.
    private static String exchange(InetSocketAddress address, byte[] bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, SOCKET_PATIENCE_MILLIS);
            socket.setSoTimeout(SOCKET_PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (java.net.SocketException reset) {
                return "";
            }
        }
    }

    @Test
    @Order(1)
    void plain_http_on_the_grpc_path_is_refused() {
        HttpResponse<String> answer =
                api.post("/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs", "hello");
        assertThat(answer.statusCode()).as("%s", answer.body()).isBetween(400, 499);
        assertReady();
    }

    @Test
    @Order(1)
    void a_huge_header_is_refused() throws IOException {
        String request = "GET /readyz HTTP/1.1\r\nHost: x\r\nX-Huge: " + "h".repeat(1 << 20) + "\r\n\r\n";
        for (InetSocketAddress address : List.of(server.ingest(), webAddress())) {
            String answer = exchange(address, request.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer).as("%s", answer).doesNotStartWith("HTTP/1.1 2");
        }
        assertReady();
    }

    @Test
    @Order(1)
    void a_stream_that_never_says_who_it_is_leaves_its_events_all_the_same() {
        try (AlsStream stream = AlsStream.open(server.ingest())) {
            stream.send(AccessLog.message(List.of(AccessLog.request("nobody-1").build())));
            stream.send(AccessLog.message(List.of(AccessLog.request("nobody-2").build())));
            assertThat(stream.finish().isOk()).isTrue();
        }
        api.awaitPublished();
        assertThat(api.count("request.id:nobody-*")).isEqualTo(2);
        assertThat(source("envoy-als", "127.0.0.1").path("received").asLong()).isEqualTo(2);
    }

    private JsonNode source(String format, String id) {
        for (JsonNode source : api.json("/api/sources").path("sources")) {
            if (source.path("format").asString().equals(format)
                    && source.path("id").asString().equals(id)) {
                return source;
            }
        }
        throw new AssertionError("no source " + id + " of " + format + " in " + api.json("/api/sources"));
    }

    @Test
    @Order(1)
    void an_over_long_field_is_cut_and_both_length_and_hash_are_kept() {
        HTTPAccessLogEntry.Builder entry = AccessLog.request("long-1");
        entry.getRequestBuilder().setPath("/" + "p".repeat(100_000)).setUserAgent("u".repeat(50_000));
        send("long", AccessLog.first("long", List.of(entry.build())));
        JsonNode event = only("request.id:long-1");
        assertThat(event.path("http.path").asString().length()).isBetween(1_000, 65_535);
        assertThat(event.path("attributes.cut.http.path").asString()).contains("length=100001", "sha256=");
        assertThat(event.path("attributes.cut.user.agent").asString()).contains("length=50000", "sha256=");
        api.ingested(IstioLines.PATH, IstioLines.allowed("long-2", "path", "/" + "q".repeat(100_000)));
        api.awaitPublished();
        assertThat(only("request.id:long-2").path("attributes.cut.http.path").asString())
                .contains("length=100001");
    }

    @Test
    @Order(1)
    void invalid_utf_8_is_replaced_and_noted_and_hides_nothing() {
        byte[] message = AccessLog.first(
                "broken",
                List.of(
                        AccessLog.request("utf8-1").build(),
                        AccessLog.request("utf8-2")
                                .mergeRequest(AccessLog.request("utf8-2").getRequest().toBuilder()
                                        .setPath("/INVALID")
                                        .build())
                                .build(),
                        AccessLog.request("utf8-3").build()));
        int at = new String(message, StandardCharsets.ISO_8859_1).indexOf("INVALID");
        message[at] = (byte) 0xFF;
        message[at + 1] = (byte) 0xC0;
        send("broken", message);
        JsonNode event = only("request.id:utf8-2");
        assertThat(event.path("http.path").asString()).startsWith("/\uFFFD").endsWith("VALID");
        assertThat(event.path("attributes.invalid_utf8.http.path").asString()).contains("length=8", "sha256=");
        assertThat(api.count("request.id:utf8-*")).isEqualTo(3);
    }

    @Test
    @Order(1)
    void what_cannot_be_decoded_at_all_is_itself_an_event_and_the_stream_goes_on() {
        try (AlsStream stream = AlsStream.open(server.ingest())) {
            stream.send(AccessLog.first(
                    "rubbish", List.of(AccessLog.request("rubbish-1").build())));
            stream.send(new byte[] {(byte) 0x12, (byte) 0x7F, 0x01, 0x02});
            stream.send(AccessLog.message(List.of(AccessLog.request("rubbish-2").build())));
            assertThat(stream.finish().isOk()).isTrue();
        }
        api.awaitPublished();
        assertThat(api.count("request.id:rubbish-*")).isEqualTo(2);
        JsonNode source = source("envoy-als", "rubbish");
        assertThat(source.path("rejected").asLong()).as("%s", source).isEqualTo(1);
        assertThat(source.path("lastRejection").path("reason").asString()).isNotEmpty();
        JsonNode refused = only("producer.id:rubbish kind:gap reason:undecodable");
        assertThat(refused.path("attributes.length").asString()).isEqualTo("4");
        assertThat(refused.path("attributes.sha256").asString()).hasSize(64);
    }

    @Test
    @Order(1)
    void a_time_that_cannot_be_is_kept_as_a_claim() {
        send(
                "clocks",
                AccessLog.first(
                        "clocks",
                        List.of(
                                AccessLog.at("claim-1", Instant.parse("1970-01-01T00:00:01Z"))
                                        .build(),
                                AccessLog.at("claim-2", Instant.parse("2100-01-01T00:00:00Z"))
                                        .build())));
        api.ingested(
                IstioLines.PATH,
                IstioLines.body(List.of(
                        IstioLines.allowed("claim-3", "start_time", "1970-01-01T00:00:01.000Z"),
                        IstioLines.allowed("claim-4", "start_time", "2100-01-01T00:00:00.000Z"))));
        api.awaitPublished();
        for (int i = 1; i <= 4; i++) {
            JsonNode event = only("request.id:claim-" + i);
            assertThat(event.path("attributes.claimed_time").asString())
                    .as("%s", event)
                    .startsWith(i % 2 == 1 ? "1970-01-01T00:00:01" : "2100-01-01T00:00:00");
            assertThat(Instant.parse(event.path("time").asString()))
                    .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(1));
        }
    }

    @Test
    @Order(1)
    void a_query_that_does_not_parse_is_400_with_its_position() {
        assertProblem(api.get("/api/events?q=" + Api.encode("outcome:denied AND (kind:")), 400);
        JsonNode problem = Api.JSON.readTree(
                api.get("/api/events?q=" + Api.encode("outcome:denied AND )")).body());
        assertThat(problem.path("position").asInt()).isEqualTo("outcome:denied AND ".length());
        for (String path : List.of("histogram", "tail", "facets?field=kind")) {
            assertProblem(api.get("/api/" + path + (path.contains("?") ? "&" : "?") + "q=%28"), 400);
        }
    }

    @Test
    @Order(1)
    void compressed_bodies_are_read_and_bombs_are_not() throws IOException {
        byte[] line = IstioLines.allowed("gzip-1").getBytes(StandardCharsets.UTF_8);
        assertThat(api.post(IstioLines.PATH, gzip(line), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(200);
        byte[] other = IstioLines.allowed("zstd-1").getBytes(StandardCharsets.UTF_8);
        assertThat(api.post(IstioLines.PATH, Zstd.compress(other), "Content-Encoding", "zstd")
                        .statusCode())
                .isEqualTo(200);
        byte[] zeros = new byte[LINES_LIMIT + 1];
        assertProblem(api.post(IstioLines.PATH, gzip(zeros), "Content-Encoding", "gzip"), 413);
        assertProblem(api.post(IstioLines.PATH, Zstd.compress(zeros), "Content-Encoding", "zstd"), 413);
        assertProblem(api.post(IstioLines.PATH, line, "Content-Encoding", "gzip"), 400);
        assertProblem(api.post(IstioLines.PATH, line, "Content-Encoding", "br"), 415);
        api.awaitPublished();
        only("request.id:gzip-1");
        only("request.id:zstd-1");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    @Order(1)
    void what_is_not_understood_is_refused_in_words() {
        assertProblem(api.post("/ingest/lines/no-such-format", "{}"), 404);
        assertProblem(api.post(IstioLines.PATH, "this is no JSON"), 400);
        assertProblem(api.post(KubernetesAudit.PATH, "{]"), 400);
        assertProblem(api.get("/api/events?limit=10001"), 400);
        assertProblem(api.get("/api/events?limit=many"), 400);
        assertProblem(api.get("/api/events?from=yesterday"), 400);
        assertProblem(api.get("/api/facets"), 400);
        assertProblem(api.get("/api/events/no-such-ledger/0"), 404);
        assertProblem(api.get("/api/events/security/99999999"), 404);
        assertProblem(Api.send(HttpRequest.newBuilder(api.ingest().resolve(IstioLines.PATH))), 405);
        assertProblem(
                Api.send(HttpRequest.newBuilder(URI.create(api.web() + "/api/events"))
                        .POST(HttpRequest.BodyPublishers.noBody())),
                405);
    }

    @Test
    @Order(1)
    void a_bad_line_among_good_ones_is_rejected_with_its_number_and_counted() {
        String body =
                IstioLines.body(List.of(IstioLines.allowed("mixed-1"), "{\"broken\":", IstioLines.allowed("mixed-2")));
        JsonNode answer = api.ingested(IstioLines.PATH + "?observer=mixed", body);
        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("rejected").get(0).path("line").asInt()).isEqualTo(2);
        assertThat(answer.path("rejected").get(0).path("reason").asString()).isNotEmpty();
        JsonNode source = source("istio-json", "mixed");
        assertThat(source.path("received").asInt()).isEqualTo(2);
        assertThat(source.path("rejected").asInt()).isEqualTo(1);
        assertThat(api.get("/metrics").body())
                .containsPattern("(?m)^meshtrail_ingest_records_total\\{[^}]*rejected[^}]*} [1-9]");
    }

    @Test
    @Order(1)
    void identical_bytes_of_one_producer_are_not_appended_again() {
        String line = IstioLines.denied("twice-1");
        JsonNode first = api.ingested(IstioLines.PATH, line);
        JsonNode second = api.ingested(IstioLines.PATH, line);
        assertThat(second.path("accepted").asInt()).as("%s", second).isZero();
        assertThat(second.path("duplicate").asInt()).isEqualTo(1);
        JsonNode receipt = first.path("receipts").get(0);
        assertThat(second.path("receipts")).isEmpty();
        assertThat(second.path("duplicates").get(0).asString())
                .isEqualTo(receipt.path("ledger").asString() + "/"
                        + receipt.path("first").asLong());
        api.awaitPublished();
        only("request.id:twice-1");
    }

    @Test
    @Order(1)
    void who_waits_for_the_checkpoint_has_the_proof_at_once() {
        JsonNode answer = api.ingested(IstioLines.PATH + "?wait=published", IstioLines.denied("waits-1"));
        JsonNode receipt = answer.path("receipts").get(0);
        String address =
                receipt.path("ledger").asString() + "/" + receipt.path("first").asLong();
        HttpResponse<String> proof = api.get("/api/events/" + address + "/proof");
        assertThat(proof.statusCode()).as("%s", proof.body()).isEqualTo(200);
        assertThat(proof.body()).startsWith("c2sp.org/tlog-proof@v1\n");
    }

    @Test
    @Order(2)
    void every_entry_of_the_honest_stream_has_arrived() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(honest.finish().isOk()).isTrue();
        api.awaitPublished();
        assertThat(api.count("request.id:honest-*")).isEqualTo(honestEntries.get());
        assertThat(honestEntries.get()).isGreaterThan(10);
        assertThat(server.stop()).as("%s", server.errors()).isZero();
        assertThat(server.errors()).doesNotContain(" ERROR ");
        Cli verify = Cli.run("verify", "--data", folder.resolve("data").toString());
        assertThat(verify.exit()).as("%s", verify).isZero();
    }

    private void send(String node, byte[] message) {
        try (AlsStream stream = AlsStream.open(server.ingest())) {
            stream.send(message);
            assertThat(stream.finish().isOk()).as("the stream of %s", node).isTrue();
        }
        api.awaitPublished();
    }

    private JsonNode only(String query) {
        List<JsonNode> events = api.events(query);
        assertThat(events).as(query).hasSize(1);
        return api.event(events.getFirst().path("address").asString()).path("event");
    }

    private void assertReady() {
        assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode())
                .as("%s: %s", answer.uri(), answer.body())
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Api.JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotEmpty();
    }
}
