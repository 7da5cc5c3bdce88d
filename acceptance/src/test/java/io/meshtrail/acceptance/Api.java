package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of both listeners of a server that knows nothing but the contract.
///
/// @param web the web listener
/// @param ingest the ingest listener
record Api(URI web, URI ingest) {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final int PAGE = 10_000;

    /// GET from the web listener, whatever comes.
    HttpResponse<String> get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(web.resolve(pathAndQuery)));
    }

    /// GET of JSON that must be there.
    JsonNode json(String pathAndQuery) {
        HttpResponse<String> response = get(pathAndQuery);
        assertThat(response.statusCode())
                .as("GET %s: %s", pathAndQuery, response.body())
                .isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /// POST to the ingest listener.
    HttpResponse<String> post(String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(ingest.resolve(path));
        request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    /// POST of records that must be taken; the answer.
    JsonNode ingested(String path, String body) {
        HttpResponse<String> response = post(path, body);
        assertThat(response.statusCode())
                .as("POST %s: %s", path, response.body())
                .isEqualTo(200);
        return JSON.readTree(response.body());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                    request.timeout(Duration.ofSeconds(60)).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// All events of a query, newest first, over as many pages as it takes. Each page must be complete.
    List<JsonNode> events(String query) {
        return events(query, "");
    }

    /// The same with some fields only, separated by commas.
    List<JsonNode> events(String query, String fields) {
        List<JsonNode> events = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = json("/api/events?limit=" + PAGE + "&q=" + encode(query)
                    + (fields.isEmpty() ? "" : "&fields=" + fields) + after);
            assertThat(page.path("complete").asBoolean())
                    .as("%s", page.path("missing"))
                    .isTrue();
            page.path("events").forEach(events::add);
            if (!page.hasNonNull("next")) {
                return events;
            }
            after = "&after=" + encode(page.path("next").asString());
        }
    }

    /// How many events match, one by one: both reports of a call count.
    long count(String query) {
        return events(query, "kind").size();
    }

    /// The one event of an address, with its entry and what is derived.
    JsonNode event(String address) {
        return json("/api/events/" + address);
    }

    /// One ledger as `/api/ledgers` tells it.
    JsonNode ledger(String name) {
        for (JsonNode ledger : json("/api/ledgers").path("ledgers")) {
            if (ledger.path("name").asString().equals(name)) {
                return ledger;
            }
        }
        throw new AssertionError("no ledger " + name);
    }

    /// Waits until all that was taken by now is in the tree, searchable, and under a checkpoint.
    void awaitPublished() {
        Map<String, Long> taken = new HashMap<>();
        json("/api/ledgers")
                .path("ledgers")
                .forEach(ledger -> taken.put(
                        ledger.path("name").asString(), ledger.path("sequenced").asLong()));
        Awaitility.await("all entries are published and searchable")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    for (JsonNode ledger : json("/api/ledgers").path("ledgers")) {
                        long size = taken.get(ledger.path("name").asString());
                        assertThat(ledger.path("size").asLong())
                                .as("%s", ledger)
                                .isGreaterThanOrEqualTo(size);
                        assertThat(ledger.path("searchable").asLong())
                                .as("%s", ledger)
                                .isGreaterThanOrEqualTo(size);
                    }
                });
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
