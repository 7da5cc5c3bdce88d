package io.meshtrail.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.meshtrail.event.Field;
import io.meshtrail.event.Submission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// HTTP ingest from the sender's side.
final class IngestRouteTest {
    private final IngestFixture ingest = new IngestFixture();

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void a_body_is_answered_with_its_counts_and_where_its_entries_are() throws Exception {
        IngestFixture.Answer answer = ingest.post(
                "/ingest/lines/words?cluster=east&observer=gateway",
                "denied /a\nallowed /b\nnothing\nrubbish\ndenied /c\ndenied /d\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"accepted\":4,\"ignored\":1,\"duplicate\":0,"
                        + "\"rejected\":[{\"line\":4,\"reason\":\"no word of this format: rubbish\"}],"
                        + "\"receipts\":[{\"ledger\":\"security\",\"first\":0,\"last\":2},"
                        + "{\"ledger\":\"traffic\",\"first\":0,\"last\":0}]}");
        Submission first = ingest.sink.stored().getFirst();
        assertThat(first.producer()).isEqualTo("gateway");
        assertThat(first.event().text(Field.PRODUCER_ID)).contains("gateway");
        assertThat(first.event().text(Field.CLUSTER)).contains("east");
        assertThat(first.identity()).asString(StandardCharsets.UTF_8).isEqualTo("denied /a");
    }

    @Test
    void a_repeated_record_is_told_with_its_first_address_and_not_appended() throws Exception {
        ingest.post("/ingest/lines/words", "denied /a\n");
        IngestFixture.Answer answer = ingest.post("/ingest/lines/words", "denied /a\ndenied /b\n");

        assertThat(answer.body())
                .isEqualTo("{\"accepted\":1,\"ignored\":0,\"duplicate\":1,\"rejected\":[],"
                        + "\"receipts\":[{\"ledger\":\"security\",\"first\":1,\"last\":1}],"
                        + "\"duplicates\":[\"security/0\"]}");
    }

    @Test
    void an_undecodable_record_of_a_known_producer_becomes_an_event_of_its_own() throws Exception {
        ingest.post("/ingest/lines/words?observer=gw", "allowed /a\nrubbish\n");

        List<Submission> stored = ingest.sink.stored();
        assertThat(stored).hasSize(2);
        Submission refused = stored.getLast();
        assertThat(refused.event().text(Field.KIND)).contains("gap");
        assertThat(refused.event().text(Field.OUTCOME)).contains("failed");
        assertThat(refused.event().text(Field.REASON)).contains("undecodable");
        assertThat(refused.event().text(Field.DETAIL)).contains("no word of this format: rubbish");
        assertThat(refused.event().attributes()).containsEntry("length", "19").containsKey("sha256");
        assertThat(ingest.source("gw").gaps()).isEqualTo(1);
        assertThat(ingest.source("gw").lastRejection()).isEqualTo("no word of this format: rubbish");
    }

    @Test
    void garbage_from_a_stranger_does_not_enter_the_ledger() throws Exception {
        assertThat(ingest.post("/ingest/lines/words", "rubbish\n").status()).isEqualTo(400);
        assertThat(ingest.post("/ingest/lines/words", "nothing\nrubbish\n").status())
                .isEqualTo(200);
        assertThat(ingest.post("/ingest/lines/words", "rubbish\n").status()).isEqualTo(400);

        assertThat(ingest.sink.stored()).isEmpty();
        assertThat(ingest.source("127.0.0.1").rejected()).isEqualTo(3);
        assertThat(ingest.source("127.0.0.1").gaps()).isZero();
    }

    @Test
    void garbage_of_a_producer_that_told_something_before_is_an_event_on_that_route_only() throws Exception {
        ingest.post("/ingest/lines/words", "allowed /a\n");
        assertThat(ingest.post("/ingest/kubernetes-audit", "rubbish\n").status())
                .isEqualTo(400);
        assertThat(ingest.sink.stored()).hasSize(1);

        assertThat(ingest.post("/ingest/lines/words", "rubbish\n").status()).isEqualTo(400);
        assertThat(ingest.sink.stored()).hasSize(2);
        assertThat(ingest.sink.stored().getLast().event().text(Field.KIND)).contains("gap");
        assertThat(ingest.sink.stored().getLast().producer()).isEqualTo("127.0.0.1");
    }

    @Test
    void garbage_of_a_producer_that_names_itself_is_an_event() throws Exception {
        assertThat(ingest.post("/ingest/lines/words?observer=gw", "rubbish\n").status())
                .isEqualTo(400);

        assertThat(ingest.sink.stored()).hasSize(1);
        assertThat(ingest.sink.stored().getFirst().event().text(Field.PRODUCER_ID))
                .contains("gw");
        assertThat(ingest.source("gw").gaps()).isEqualTo(1);
    }

    @Test
    void a_flood_of_garbage_is_counted_and_not_all_kept() throws Exception {
        ingest.post("/ingest/lines/words?observer=gw", "allowed /a\n" + "rubbish\n".repeat(500));

        assertThat(ingest.sink.stored()).hasSize(1 + Refusals.A_SECOND);
        assertThat(ingest.source("gw").rejected()).isEqualTo(500);
    }

    @Test
    void a_body_of_which_nothing_can_be_read_is_400_with_the_first_reasons() throws Exception {
        IngestFixture.Answer answer = ingest.post("/ingest/lines/words", "x\n".repeat(20));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.detail())
                .startsWith("1: no word of this format: x; 2: ")
                .endsWith("; and 15 more");
        assertThat(ingest.sink.stored()).isEmpty();
        assertThat(ingest.source("127.0.0.1").rejected()).isEqualTo(20);
    }

    @Test
    void an_unknown_format_is_404_and_lists_the_known_ones() throws Exception {
        IngestFixture.Answer answer = ingest.post("/ingest/lines/nonsense", "denied /a\n");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isEqualTo("the format \"nonsense\" is unknown; known are words");
    }

    @Test
    void other_paths_and_methods_are_problems() throws Exception {
        IngestFixture.Answer traces = ingest.post("/v1/traces", "{}");
        assertThat(traces.status()).isEqualTo(404);
        assertThat(traces.detail())
                .contains("/v1/traces is not served here", "POST /ingest/kubernetes-audit", "POST /v1/logs");

        IngestFixture.Answer get = ingest.get("/ingest/lines/words");
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void unknown_parameters_are_named() throws Exception {
        assertThat(ingest.post("/ingest/lines/words?clutser=east", "denied /a\n")
                        .detail())
                .startsWith("clutser: unknown; known are cluster, ");
        assertThat(ingest.post("/ingest/lines/words?cluster=a&cluster=b", "denied /a\n")
                        .status())
                .isEqualTo(400);
        assertThat(ingest.post("/ingest/lines/words?timeout=30s", "denied /a\n").status())
                .isEqualTo(200);
    }

    @Test
    void gzip_and_zstd_bodies_are_read() throws Exception {
        byte[] lines = "denied /a\nallowed /b\n".getBytes(StandardCharsets.UTF_8);

        assertThat(ingest.post("/ingest/lines/words", gzip(lines), "Content-Encoding", "gzip")
                        .body())
                .contains("\"accepted\":2");
        assertThat(ingest.post("/ingest/lines/words", Zstd.compress(lines), "Content-Encoding", "zstd")
                        .body())
                .contains("\"duplicate\":2");
    }

    @Test
    void a_compression_bomb_is_413() throws Exception {
        byte[] large = new byte[64 * 1024 * 1024];

        for (IngestFixture.Answer answer : List.of(
                ingest.post("/ingest/lines/words", gzip(large), "Content-Encoding", "gzip"),
                ingest.post("/ingest/lines/words", Zstd.compress(large), "Content-Encoding", "zstd"))) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.detail()).isEqualTo("decompressed it has over 1048576 bytes; nothing was stored");
        }
        assertThat(ingest.sink.stored()).isEmpty();
    }

    @Test
    void a_body_over_the_limit_is_413_and_names_it() throws Exception {
        IngestFixture.Answer answer = ingest.post("/ingest/lines/words", new byte[2 * 1024 * 1024]);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.detail()).contains("1048576 bytes");
    }

    @Test
    void a_body_that_is_not_what_its_encoding_says_is_400_and_an_unknown_encoding_415() throws Exception {
        byte[] lines = "denied /a\n".getBytes(StandardCharsets.UTF_8);
        byte[] gzip = gzip(lines);

        assertThat(ingest.post("/ingest/lines/words", lines, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        assertThat(ingest.post("/ingest/lines/words", lines, "Content-Encoding", "zstd")
                        .status())
                .isEqualTo(400);
        assertThat(ingest.post(
                                "/ingest/lines/words",
                                java.util.Arrays.copyOf(gzip, gzip.length - 9),
                                "Content-Encoding",
                                "gzip")
                        .status())
                .isEqualTo(400);
        assertThat(ingest.post("/ingest/lines/words", lines, "Content-Encoding", "br")
                        .status())
                .isEqualTo(415);
        assertThat(ingest.sink.stored()).isEmpty();
    }

    @Test
    void a_full_journal_answers_503_with_retry_after() throws Exception {
        ingest.sink.pushBack(1, Duration.ofSeconds(7));

        IngestFixture.Answer answer = ingest.post("/ingest/lines/words", "denied /a\n");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("7");
        assertThat(answer.detail()).isEqualTo("the journal is full; nothing was stored");
    }

    @Test
    void kubernetes_audit_waits_for_room_before_it_refuses() throws Exception {
        ingest.sink.pushBack(3, Duration.ofMillis(20));
        assertThat(ingest.post("/ingest/kubernetes-audit", "denied /a\n").body())
                .contains("\"accepted\":1");

        ingest.sink.pushBack(3, Duration.ofSeconds(3));
        assertThat(ingest.post("/ingest/kubernetes-audit", "denied /b\n").status())
                .isEqualTo(503);
        assertThat(ingest.sink.pushbacksLeft()).isEqualTo(1);
    }

    @Test
    void wait_witnessed_waits_for_the_quorum_and_says_what_was_reached_when_patience_ends() throws Exception {
        ingest.witnessed.set(0);
        ingest.published.set(1_000);
        IngestFixture.Answer early = ingest.post("/ingest/lines/words?wait=witnessed", "denied /a\n");
        assertThat(early.status()).isEqualTo(200);
        assertThat(early.json().get("stage").asString()).isEqualTo("published");

        ingest.witnessed.set(1_000);
        IngestFixture.Answer answer = ingest.post("/ingest/lines/words?wait=witnessed", "denied /b\n");
        assertThat(answer.json().get("stage").asString()).isEqualTo("witnessed");
        assertThat(answer.json().get("proofs").get(0).get("proof").asString()).endsWith("with a quorum");
    }

    @Test
    void an_answer_carries_at_most_256_proofs_and_says_how_many_it_left_out() throws Exception {
        ingest.published.set(1_000);
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            body.append("denied /").append(i).append('\n');
        }
        JsonNode answer = ingest.post("/ingest/lines/words?wait=published", body.toString())
                .json();
        assertThat(answer.get("proofs").size()).isEqualTo(256);
        assertThat(answer.get("proofsLeftOut").asInt()).isEqualTo(44);
    }

    @Test
    void wait_published_answers_once_the_checkpoint_covers_the_entries() throws Exception {
        CompletableFuture<IngestFixture.Answer> answer = new CompletableFuture<>();
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(ingest.post("/ingest/lines/words?wait=published", "denied /a\n"));
            } catch (IOException | InterruptedException failed) {
                answer.completeExceptionally(failed);
            }
        });
        ingest.sink.awaitStored(1);
        assertThat(answer).isNotDone();
        ingest.published.set(1);
        sender.join();

        assertThat(answer.join().body()).contains("\"accepted\":1", "\"stage\":\"published\"");
        JsonNode proof = answer.join().json().get("proofs").get(0);
        assertThat(proof.get("proof").asString())
                .isEqualTo("proof of " + proof.get("address").asString());
        assertThat(ingest.post("/ingest/lines/words?wait=witnessed", "denied /b\n")
                        .detail())
                .isEqualTo("wait=witnessed: no witnesses are configured; nothing was stored");
        assertThat(ingest.post("/ingest/lines/words?wait=forever", "denied /b\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_sender_that_never_ends_its_body_holds_up_nobody() throws Exception {
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
            slow.getOutputStream()
                    .write("POST /ingest/lines/words HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\ndenied /s"
                            .getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            assertThat(ingest.post("/ingest/lines/words", "denied /a\n").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void garbage_on_the_port_harms_nobody() throws Exception {
        try (Socket garbage = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
            garbage.getOutputStream().write("\u0000\u0001 hello there\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            garbage.getOutputStream().flush();
            garbage.shutdownOutput();
            try (InputStream answer = garbage.getInputStream()) {
                answer.readAllBytes();
            }
        }
        assertThat(ingest.post("/ingest/lines/words", "denied /a\n").status()).isEqualTo(200);
    }

    @Test
    void a_stopped_ledger_is_a_500_problem() throws Exception {
        ingest.sink.stop();
        IngestFixture.Answer answer = ingest.post("/ingest/lines/words", "denied /a\n");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
