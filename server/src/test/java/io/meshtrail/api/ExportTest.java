package io.meshtrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Exports, counts and completion over HTTP.
class ExportTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void aWholeResultOfManyPagesEndsWithALineThatSaysSo() throws Exception {
        for (int i = 0; i < 4_500; i++) {
            web.add("traffic", Outcome.ALLOWED, "/" + i, 10);
        }
        WebFixture.Answer answer = web.get("/api/export?q=outcome:allowed&fields=http.path");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(4_501);
        assertThat(answer.header("content-type")).startsWith("application/x-ndjson");
        JsonNode last = JsonMapper.shared().readTree(lines.getLast());
        assertThat(last.path("count").asInt()).isEqualTo(4_500);
        assertThat(last.path("complete").asBoolean()).isTrue();
        assertThat(last.path("asOf").path("traffic").asInt()).isEqualTo(4_500);
        assertThat(lines.subList(0, 4_500)).doesNotHaveDuplicates().allMatch(line -> line.startsWith("{\"address\":"));
    }

    @Test
    void anIncompleteResultSaysSoInItsLastLine() throws Exception {
        web.add("traffic", Outcome.ALLOWED, "/a", 10);
        web.engine.missing("time-out after 10 ms");
        List<String> lines = web.get("/api/export").body().lines().toList();
        assertThat(lines.getLast()).contains("\"count\":1", "\"complete\":false", "time_out");
    }

    @Test
    void anIncompleteTableIsRefusedUnlessItIsWanted() throws Exception {
        web.add("traffic", Outcome.ALLOWED, "/a", 10);
        web.engine.missing("pruned: entries 0 to 9 of traffic");
        WebFixture.Answer refused = web.get("/api/export?format=csv");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("pruned: entries 0 to 9", "partial=true");
        assertThat(web.get("/api/export?format=csv&partial=true&fields=http.path")
                        .body())
                .isEqualTo("address,http.path\r\ntraffic/0,/a\r\nINCOMPLETE: pruned: entries 0 to 9 of traffic\r\n");
    }

    @Test
    void aTableThatBecomesIncompleteIsBrokenOff() throws Exception {
        for (int i = 0; i < 2_001; i++) {
            web.add("traffic", Outcome.ALLOWED, "/" + i, 10);
        }
        web.engine.missingFrom(2, "time-out after 10000 ms");
        assertThatThrownBy(() -> web.get("/api/export?format=csv&fields=http.path"))
                .isInstanceOf(IOException.class);
        assertThat(web.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void cellsCannotBecomeFormulasNorBreakTheirLine() throws Exception {
        web.ledgers
                .get("traffic")
                .add(AuditEvent.builder()
                        .number(Field.TIME, WebFixture.NOW)
                        .number(Field.RECEIVED, WebFixture.NOW)
                        .number(Field.HTTP_STATUS, 200)
                        .text(Field.HTTP_PATH, "=HYPERLINK(\"x\")")
                        .text(Field.DETAIL, "a,b\r\n\"c\"")
                        .text(Field.USER_ID, "@SUM(1)")
                        .text(Field.USER_NAME, "-1+1")
                        .texts(Field.USER_GROUPS, List.of("+a", "b"))
                        .attribute("k", "v")
                        .build());
        String body = web.get("/api/export?format=csv&fields=http.path,detail,user.id,user.name,user.groups,"
                        + "http.status,attributes.k,leafIndex")
                .body();
        assertThat(body)
                .isEqualTo(
                        "address,http.path,detail,user.id,user.name,user.groups,http.status,attributes.k,leafIndex\r\n"
                                + "traffic/0,\"'=HYPERLINK(\"\"x\"\")\",\"a,b\r\n\"\"c\"\"\",'@SUM(1),'-1+1,"
                                + "\"[\"\"+a\"\",\"\"b\"\"]\",200,v,0\r\n");
        assertThat(web.get("/api/export?format=csv").body())
                .contains("attributes\r\n", "\"{\"\"k\"\":\"\"v\"\"}\"\r\n");
    }

    @Test
    void whatIsNotUnderstoodIsRefused() throws Exception {
        for (String query : List.of("format=xml", "partial=perhaps", "fields=nonsense", "q=http.pth:x", "limit=3")) {
            assertThat(web.get("/api/export?" + query).status()).as(query).isEqualTo(400);
        }
        assertThat(web.send("POST", "/api/export").status()).isEqualTo(405);
        assertThat(web.send("POST", "/api/sql").status()).as("switched off").isEqualTo(404);
        assertThat(web.get("/api/sql").status()).isEqualTo(405);
    }

    @Test
    void aReaderThatLeavesStopsTheWork() throws Exception {
        for (int i = 0; i < 6_000; i++) {
            web.add("traffic", Outcome.ALLOWED, "/" + "x".repeat(2_000) + i, 10);
        }
        for (int i = 0; i < 6; i++) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<InputStream> response = open(client);
                // Four may run at once: those that were left give way.
                while (response.statusCode() == 503) {
                    response.body().close();
                    response = open(client);
                }
                assertThat(response.body().readNBytes(1_000)).hasSize(1_000);
                response.body().close();
            }
        }
    }

    private HttpResponse<InputStream> open(HttpClient client) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(web.uri("/api/export")).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void countsAreExactOrSayAtLeast() throws Exception {
        web.add("traffic", Outcome.ALLOWED, "/a", 10);
        web.add("security", Outcome.DENIED, "/a", 10);
        assertThat(web.get("/api/count?q=outcome:denied").body())
                .startsWith("{\"value\":1,\"exact\":true,\"complete\":true");
        web.engine.missing("time-out after 3000 ms");
        assertThat(web.get("/api/count").body()).startsWith("{\"value\":2,\"exact\":false,\"complete\":false");
    }

    @Test
    void completionGivesFieldsThenValues() throws Exception {
        web.add("security", Outcome.DENIED, "/a", 10);
        JsonNode fields =
                web.get("/api/complete?q=outcome:denied%20http.p&position=21").json();
        assertThat(fields.path("kind").asString()).isEqualTo("field");
        assertThat(fields.path("from").asInt()).isEqualTo(15);
        assertThat(fields.path("items").get(0).path("text").asString()).isEqualTo("http.path:");
        assertThat(fields.path("items").get(0).path("description").asString()).contains("path");
        JsonNode values = web.get("/api/complete?q=outcome:&from=now-1h").json();
        assertThat(values.path("field").asString()).isEqualTo("outcome");
        assertThat(values.path("items").get(0).toString())
                .isEqualTo("{\"text\":\"denied\",\"label\":\"denied\",\"count\":1}");
        assertThat(values.path("items")).as("what can be follows what was seen").hasSize(Outcome.values().length);
        assertThat(web.get("/api/complete?q=a&position=2").status()).isEqualTo(400);
        assertThat(web.get("/api/complete").json().path("items")).hasSize(20);
    }
}
