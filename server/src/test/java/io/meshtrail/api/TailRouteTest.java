package io.meshtrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Those who follow.
final class TailRouteTest {
    @Test
    void events_arrive_in_order_with_their_addresses_and_only_those_that_match() throws Exception {
        try (WebFixture web = new WebFixture();
                Reader reader = new Reader(web, "/api/tail?q=outcome:denied&fields=http.path")) {
            web.add("security", Outcome.DENIED, "/a", 0);
            web.add("traffic", Outcome.ALLOWED, "/b", 0);
            web.add("security", Outcome.DENIED, "/c", 0);

            assertThat(reader.message())
                    .startsWith("event: status\ndata: {\"complete\":true,\"missing\":[],\"asOf\":{");
            assertThat(reader.message())
                    .isEqualTo("id: security/0\ndata: {\"address\":\"security/0\",\"stage\":\"integrated\","
                            + "\"event\":{\"http.path\":\"/a\"},\"derived\":{}}\n");
            assertThat(reader.message()).startsWith("id: security/1\n");
        }
    }

    @Test
    void a_reader_resumes_after_its_last_event() throws Exception {
        try (WebFixture web = new WebFixture()) {
            web.add("security", Outcome.DENIED, "/a", 0);
            web.add("traffic", Outcome.ALLOWED, "/b", 0);
            web.add("security", Outcome.DENIED, "/c", 0);
            try (Reader reader = new Reader(web, "/api/tail", "Last-Event-ID", "security/0")) {
                assertThat(reader.message()).contains("\"complete\":true");
                assertThat(reader.message()).startsWith("id: traffic/0\n");
                assertThat(reader.message()).startsWith("id: security/1\n");
            }
        }
    }

    @Test
    void a_reader_whose_last_event_is_gone_is_told_so() throws Exception {
        try (WebFixture web = new WebFixture(2, Duration.ofSeconds(15))) {
            for (int i = 0; i < 5; i++) {
                web.add("security", Outcome.DENIED, "/" + i, 0);
            }
            try (Reader reader = new Reader(web, "/api/tail", "Last-Event-ID", "security/0")) {
                assertThat(reader.message()).contains("\"complete\":false", "security/0 is no longer at hand");
                assertThat(reader.message()).startsWith("id: security/3\n");
            }
        }
    }

    @Test
    void an_idle_stream_is_kept_open_by_comments() throws Exception {
        try (WebFixture web = new WebFixture(16, Duration.ofMillis(50));
                Reader reader = new Reader(web, "/api/tail")) {
            assertThat(reader.message()).startsWith("event: status");
            assertThat(reader.message()).isEqualTo(":\n");
            assertThat(reader.message()).isEqualTo(":\n");
        }
    }

    @Test
    void a_query_that_does_not_parse_is_400() throws Exception {
        try (WebFixture web = new WebFixture()) {
            assertThat(web.get("/api/tail?q=(").status()).isEqualTo(400);
        }
    }

    @Test
    void a_reader_that_does_not_read_is_dropped_and_told_how_many_it_missed() throws Exception {
        try (WebFixture web = new WebFixture(64, Duration.ofSeconds(15));
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.server.port()));
            slow.getOutputStream()
                    .write("GET /api/tail HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = slow.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().contains("event: status")) {
                head.append((char) in.read());
            }
            AuditEvent large = AuditEvent.builder()
                    .number(Field.RECEIVED, WebFixture.NOW)
                    .text(Field.HTTP_PATH, "/" + "x".repeat(15_000))
                    .build();
            long first = 0;
            for (int i = 0; i < 2_000; i++) {
                web.arrivals.integrated("traffic", first, Collections.nCopies(64, large));
                first += 64;
            }
            String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(rest).contains("event: lagged\ndata: {\"complete\":true", "\"skipped\":");
            assertThat(web.get("/healthz").status()).isEqualTo(200);
        }
    }

    /// Reads a stream message by message.
    private static final class Reader implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final BufferedReader lines;

        Reader(WebFixture web, String path, String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(web.uri(path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().allValues("content-type")).isEqualTo(List.of("text/event-stream"));
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /// The lines up to the next empty one.
        String message() throws IOException {
            StringBuilder message = new StringBuilder();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                message.append(line).append('\n');
            }
            return message.toString();
        }

        @Override
        public void close() throws IOException {
            client.shutdownNow();
            lines.close();
        }
    }
}
