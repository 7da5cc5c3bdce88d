package io.meshtrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Timestamp;
import io.meshtrail.query.Hit;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The web listener from the outside.
final class WebServerTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void events_are_answered_newest_first_in_the_form_of_the_contract() throws Exception {
        web.add("traffic", Outcome.ALLOWED, "/old", 60);
        web.add("security", Outcome.DENIED, "/new", 1);
        web.ledgers.get("security").publish();

        WebFixture.Answer answer = web.get("/api/events");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.body())
                .startsWith("{\"events\":[{\"address\":\"security/0\",\"stage\":\"published\",\"event\":{\"v\":1,"
                        + "\"http.path\":\"/new\",\"http.status\":403,\"kind\":\"request\",\"outcome\":\"denied\",\"raw\":\"{}\","
                        + "\"received\":\"2026-11-18T11:06:40.000000000Z\",\"time\":\"2026-11-18T11:06:39.000000000Z\","
                        + "\"trace.id\":\"trace/new\",\"user.groups\":[\"a\",\"b\"],\"attributes.x\":\"y\","
                        + "\"ledger\":\"security\",\"leafIndex\":0},\"derived\":{}},"
                        + "{\"address\":\"traffic/0\",\"stage\":\"integrated\",")
                .endsWith("],\"complete\":true,\"missing\":[],"
                        + "\"asOf\":{\"control\":0,\"security\":1,\"traffic\":1}}");
    }

    @Test
    void a_query_a_range_and_a_cursor_narrow_the_answer() throws Exception {
        for (int i = 0; i < 5; i++) {
            web.add("security", Outcome.DENIED, "/" + i, 10L * i);
        }
        web.add("traffic", Outcome.ALLOWED, "/a", 5);

        assertThat(addresses(web.get("/api/events?q=outcome%3Adenied&from=now-25s&to=now-5s")))
                .containsExactly("security/1", "security/2");
        WebFixture.Answer first = web.get("/api/events?q=outcome%3Adenied&limit=3");
        assertThat(addresses(first)).containsExactly("security/0", "security/1", "security/2");
        String next = first.json().get("next").asString();
        WebFixture.Answer second = web.get("/api/events?q=outcome%3Adenied&limit=3&after=" + next);
        assertThat(addresses(second)).containsExactly("security/3", "security/4");
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void fields_are_projected_and_everything_comes_when_none_is_named() throws Exception {
        web.add("security", Outcome.DENIED, "/a", 0);

        assertThat(event(web.get("/api/events?fields=outcome,attributes.x,ledger,raw"))
                        .toString())
                .isEqualTo("{\"outcome\":\"denied\",\"raw\":\"{}\",\"attributes.x\":\"y\",\"ledger\":\"security\"}");
        assertThat(event(web.get("/api/events")).has("raw")).isTrue();
        assertThat(web.get("/api/events?fields=otcome").detail()).isEqualTo("fields: there is no field \"otcome\"");
    }

    @Test
    void every_mistake_of_the_caller_is_a_problem_that_names_it() throws Exception {
        assertThat(web.get("/api/events?limit=10001").detail())
                .isEqualTo("limit: \"10001\" is not a whole number from 1 to 10000");
        assertThat(web.get("/api/events?limit=-1").status()).isEqualTo(400);
        assertThat(web.get("/api/events?from=yesterday").detail())
                .startsWith("from: \"yesterday\" is neither RFC 3339");
        assertThat(web.get("/api/events?qq=x").detail()).startsWith("qq: unknown; known are after, fields, ");
        assertThat(web.get("/api/events?_=1").status()).isEqualTo(200);
        assertThat(web.get("/api/events?after=zzz").status()).isEqualTo(400);
        assertThat(web.get("/api/facets").detail()).isEqualTo("field: missing");
        assertThat(web.get("/api/histogram?by=nothing").status()).isEqualTo(400);

        WebFixture.Answer query = web.get("/api/events?q=outcome:(denied");
        assertThat(query.status()).isEqualTo(400);
        assertThat(query.header("content-type")).isEqualTo("application/problem+json");
        assertThat(query.json().get("position").isIntegralNumber()).isTrue();
        assertThat(query.json().get("status").asInt()).isEqualTo(400);
    }

    @Test
    void what_could_not_be_read_is_said() throws Exception {
        web.engine.missing("catching up: security 10 of 20", "a file is gone");

        JsonNode json = web.get("/api/events").json();
        assertThat(json.get("complete").asBoolean()).isFalse();
        assertThat(json.get("missing").toString())
                .isEqualTo("[{\"reason\":\"catching_up\",\"detail\":\"catching up: security 10 of 20\"},"
                        + "{\"reason\":\"unreadable\",\"detail\":\"a file is gone\"}]");
    }

    @Test
    void one_event_comes_whole_with_its_exact_bytes() throws Exception {
        Hit hit = web.add("security", Outcome.DENIED, "/a", 0);

        JsonNode json = web.get("/api/events/security/0").json();
        assertThat(Base64.getDecoder().decode(json.get("entry").asString()))
                .isEqualTo(EventCodec.encode(hit.event()).bytes());
        assertThat(json.get("event").get("raw").asString()).isEqualTo("{}");
        assertThat(json.get("derived").get("policy.change").get("basis").asString())
                .isEqualTo("seen 4 s before");
        assertThat(json.get("asOf").toString()).isEqualTo("{\"security\":1}");
    }

    @Test
    void an_event_that_is_not_there_is_404_and_a_pruned_one_410() throws Exception {
        web.add("security", Outcome.DENIED, "/a", 0);
        web.add("security", Outcome.DENIED, "/b", 0);
        web.ledgers.get("security").prune(1);

        assertThat(web.get("/api/events/security/7").detail())
                .isEqualTo("there is no security/7 yet; security has 2 entries");
        assertThat(web.get("/api/events/nowhere/0").status()).isEqualTo(404);
        assertThat(web.get("/api/events/security/007").status()).isEqualTo(404);
        WebFixture.Answer pruned = web.get("/api/events/security/0");
        assertThat(pruned.status()).isEqualTo(410);
        assertThat(pruned.detail()).contains("pruned with everything below 1");
    }

    @Test
    void a_proof_is_404_with_retry_after_until_its_entry_is_published() throws Exception {
        web.add("security", Outcome.DENIED, "/a", 0);
        WebFixture.Answer early = web.get("/api/events/security/0/proof");
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.header("retry-after")).isEqualTo("1");

        web.ledgers.get("security").publish();
        WebFixture.Answer proof = web.get("/api/events/security/0/proof");
        assertThat(proof.status()).isEqualTo(200);
        assertThat(proof.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(proof.body()).isEqualTo("c2sp.org/tlog-proof@v1\nindex 0\n");
        WebFixture.Answer none = web.get("/api/events/security/1/proof");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.header("retry-after")).isEmpty();
    }

    @Test
    void counts_come_by_time_by_value_and_by_who_called_whom() throws Exception {
        web.add("security", Outcome.DENIED, "/a", 0);
        web.add("traffic", Outcome.ALLOWED, "/b", 0);

        assertThat(web.get("/api/histogram").body())
                .startsWith("{\"buckets\":[{\"from\":\"1970-01-01T00:00:00.000000000Z\","
                        + "\"to\":\"1970-01-01T00:00:01.000000000Z\",\"counts\":{\"allowed\":1,\"denied\":1}}],"
                        + "\"complete\":true");
        assertThat(web.get("/api/facets?field=http.path&limit=1").body())
                .startsWith("{\"values\":[{\"value\":\"/a\",\"count\":1}],\"complete\":true");
        assertThat(web.get("/api/graph").body())
                .startsWith(
                        "{\"nodes\":[{\"id\":\"a\",\"namespace\":\"shop\"},{\"id\":\"b\",\"cluster\":\"east\"}],"
                                + "\"edges\":[{\"source\":\"a\",\"destination\":\"b\",\"allowed\":2,\"denied\":0,\"failed\":0}],");
    }

    @Test
    void a_trace_is_told_oldest_first() throws Exception {
        web.add("security", Outcome.DENIED, "t", 1);
        web.add("traffic", Outcome.ALLOWED, "t", 5);
        web.add("traffic", Outcome.ALLOWED, "other", 3);

        assertThat(addresses(web.get("/api/trace/tracet"))).containsExactly("traffic/0", "security/0");
        assertThat(addresses(web.get("/api/trace/*"))).isEmpty();
    }

    @Test
    void ledgers_and_sources_are_listed() throws Exception {
        web.add("security", Outcome.DENIED, "/a", 0);
        web.ledgers.get("security").publish();
        web.add("security", Outcome.DENIED, "/b", 0);

        JsonNode security = web.get("/api/ledgers").json().get("ledgers").get(1);
        assertThat(security.get("name").asString()).isEqualTo("security");
        assertThat(security.get("size").asLong()).isEqualTo(1);
        assertThat(security.get("root").asString()).isEqualTo("root");
        assertThat(security.get("integrated").asLong()).isEqualTo(2);
        assertThat(security.get("lags").get("published").asLong()).isEqualTo(1);
        assertThat(security.get("retention").asString()).isEqualTo("400d");
        assertThat(web.get("/api/sources").json().get("sources").size()).isZero();
    }

    @Test
    void a_ledger_says_when_it_was_last_read_again_and_what_does_not_get_on() throws Exception {
        JsonNode before = web.get("/api/ledgers").json();
        assertThat(before.get("ledgers").get(1).has("verifiedTime")).isFalse();
        assertThat(before.get("upkeep").get("findings").size()).isZero();

        web.upkeep.verified.put("security", WebFixture.NOW);
        web.upkeep.passes = 3;
        web.upkeep.findings.add("ledger traffic, file segments/traffic/a.parquet: is not there");
        web.upkeep.troubles.add("retention: No space left on device");

        JsonNode after = web.get("/api/ledgers").json();
        assertThat(after.get("ledgers").get(1).get("verifiedTime").asString())
                .isEqualTo(Timestamp.print(WebFixture.NOW));
        assertThat(after.get("ledgers").get(0).has("verifiedTime")).isFalse();
        assertThat(after.get("upkeep").get("passes").asLong()).isEqualTo(3);
        assertThat(after.get("upkeep").get("findings").get(0).asString()).contains("a.parquet");
        assertThat(after.get("upkeep").get("troubles").get(0).asString()).startsWith("retention: ");
    }

    @Test
    void a_checkpoint_is_revalidated_and_the_key_is_one_line() throws Exception {
        assertThat(web.get("/ledger/security/checkpoint").status()).isEqualTo(404);
        web.add("security", Outcome.DENIED, "/a", 0);
        web.ledgers.get("security").publish();

        WebFixture.Answer note = web.get("/ledger/security/checkpoint");
        assertThat(note.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(note.header("cache-control")).isEqualTo("no-cache");
        assertThat(note.body()).isEqualTo("test/security\n1\nroot\n\n— sig\n");
        assertThat(web.get("/ledger/security/checkpoint", "If-None-Match", note.header("etag"))
                        .status())
                .isEqualTo(304);
        assertThat(web.get("/ledger/security/key").body()).isEqualTo("test/security+00000000+AAAA\n");
        assertThat(web.get("/ledger/none/key").status()).isEqualTo(404);
    }

    @Test
    void tiles_have_canonical_names_only_and_never_change() throws Exception {
        for (int i = 0; i < 40; i++) {
            web.add("security", Outcome.DENIED, "/a", 0);
        }
        web.ledgers.get("security").publish();

        WebFixture.Answer tile = web.get("/ledger/security/tile/0/000.p/40");
        assertThat(tile.response().body()).hasSize(1_280);
        assertThat(tile.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(tile.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(web.get("/ledger/security/tile/entries/000.p/40").response().body())
                .hasSize(80);
        for (String wrong : List.of(
                "0/000",
                "0/000.p/41",
                "0/000.p/0",
                "0/000.p/040",
                "00/000.p/40",
                "0/x000/000.p/40",
                "64/000",
                "0/0",
                "0/000.p%2f40",
                "entries/%30%30%30.p/40",
                "0/000.p/40/",
                "entries")) {
            assertThat(web.get("/ledger/security/tile/" + wrong).status())
                    .as(wrong)
                    .isEqualTo(404);
        }
        WebFixture.Answer packed = web.get("/ledger/security/tile/0/000.p/40", "Accept-Encoding", "gzip");
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(
                                new ByteArrayInputStream(packed.response().body()))
                        .readAllBytes())
                .hasSize(1_280);
    }

    @Test
    void health_is_told_and_readiness_has_its_reasons() throws Exception {
        assertThat(web.get("/healthz").status()).isEqualTo(200);
        assertThat(web.get("/readyz").body()).isEqualTo("{\"ready\":true,\"reasons\":[]}");
        web.trouble.set(Optional.of("ingest: the journal is full"));
        WebFixture.Answer not = web.get("/readyz");
        assertThat(not.status()).isEqualTo(503);
        assertThat(not.json().get("reasons").toString()).isEqualTo("[\"ingest: the journal is full\"]");
        assertThat(web.get("/metrics").body()).contains("# TYPE");
    }

    @Test
    void only_get_and_head_are_allowed() throws Exception {
        for (String path : List.of("/api/events", "/api/tail", "/", "/ledger/security/key")) {
            WebFixture.Answer answer = web.send("POST", path);
            assertThat(answer.status()).as(path).isEqualTo(405);
            assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        }
        WebFixture.Answer head = web.send("HEAD", "/ledger/security/key");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(web.send("HEAD", "/api/tail").status()).isEqualTo(200);
    }

    @Test
    void browsers_are_told_to_be_careful_on_every_answer() throws Exception {
        for (String path : List.of("/", "/api/events", "/nothing.js", "/api/nothing", "/api/events?x=y")) {
            WebFixture.Answer answer = web.get(path);
            assertThat(answer.header("content-security-policy"))
                    .as(path)
                    .contains("default-src 'self'", "frame-ancestors 'none'");
            assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        }
    }

    @Test
    void a_view_of_the_page_is_the_page_and_a_missing_file_is_404() throws Exception {
        assertThat(web.get("/explore/denials").header("content-type")).startsWith("text/html");
        assertThat(web.get("/").body()).contains("Meshtrail");
        assertThat(web.get("/assets/none.js").status()).isEqualTo(404);
        assertThat(web.get("/api/nothing").status()).isEqualTo(404);
        assertThat(web.get("/ledger/security/").status()).isEqualTo(404);
    }

    private static List<String> addresses(WebFixture.Answer answer) {
        return answer.json()
                .get("events")
                .valueStream()
                .map(element -> element.get("address").asString())
                .toList();
    }

    private static JsonNode event(WebFixture.Answer answer) {
        return answer.json().get("events").get(0).get("event");
    }
}
