package io.meshtrail.bench.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server's API, as far as figures need it.
public final class Api implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The ledgers into which access logs go.
    private static final Set<String> LEDGERS = Set.of("traffic", "security");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final URI web;

    public Api(URI web) {
        this.web = web;
    }

    public boolean isReady() throws IOException, InterruptedException {
        return send("/readyz").statusCode() == 200;
    }

    /// How far the events have come.
    public Standing standing() throws IOException, InterruptedException {
        Standing all = Standing.NOTHING;
        for (JsonNode ledger : get("/api/ledgers").get("ledgers")) {
            if (LEDGERS.contains(ledger.get("name").asString())) {
                all = all.and(new Standing(
                        ledger.get("integrated").asLong(),
                        ledger.get("searchable").asLong(),
                        ledger.get("sealed").asLong(),
                        ledger.get("journalBytes").asLong()));
            }
        }
        return all;
    }

    /// Whether a search from a time on finds the call of a request id.
    public boolean finds(String requestId, Instant from) throws IOException, InterruptedException {
        String query = URLEncoder.encode("request.id:" + requestId, StandardCharsets.UTF_8);
        return !get("/api/events?limit=1&q=" + query + "&from=" + from)
                .get("events")
                .isEmpty();
    }

    /// The mean number of fields of the newest events.
    public double fieldsPerEvent(int events) throws IOException, InterruptedException {
        JsonNode found = get("/api/events?limit=" + events).get("events");
        long fields = 0;
        for (JsonNode each : found) {
            fields += each.get("event").size();
        }
        return (double) fields / Math.max(1, found.size());
    }

    /// The answer to a question.
    ///
    /// @param path with everything after the host
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return json.readTree(answer.body());
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(web.resolve(path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
