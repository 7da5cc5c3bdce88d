package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a start finds, what it keeps, and what it refuses.
final class RestartTest {
    private static final int USAGE = 2;
    private static final int STALE = 3;

    @TempDir
    private Path folder;

    private ServerProcess.Plan plan() {
        return ServerProcess.Plan.in(folder.resolve("data"))
                .with("MESHTRAIL_SEAL_EVENTS", Integer.toString(Filling.SEAL));
    }

    @Test
    void the_first_start_publishes_size_0_of_all_ledgers_and_keeps_a_second_writer_out() throws Exception {
        try (ServerProcess server = plan().start()) {
            for (String ledger : List.of("control", "security", "traffic")) {
                assertThat(new LedgerOverHttp(server.web(), ledger).checkpoint().treeSize())
                        .isZero();
            }
            assertThat(server.api().get("/ledger/root/checkpoint").statusCode()).isEqualTo(200);
            try (ServerProcess second = plan().launch()) {
                assertThat(second.awaitExit()).as("%s", second.errors()).isNotZero();
                assertThat(second.errors()).contains("in use by another meshtrail process", "data");
            }
            assertThat(server.api().get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_was_found_before_a_restart_is_found_after_it_and_every_count_is_the_same() throws IOException {
        List<String> before;
        try (ServerProcess server = plan().start()) {
            Filling.traffic(server.api(), "t", 2_700);
            Filling.denials(server.api(), "d", 300);
            server.api().ingested(KubernetesAudit.PATH, KubernetesAudit.change("a-1", "orders-viewer", ""));
            server.api().awaitPublished();
            assertThat(server.api().ledger("traffic").path("sealed").asLong()).isGreaterThanOrEqualTo(2 * Filling.SEAL);
            before = answers(server.api());
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertThat(before.getFirst().lines()).hasSize(3_001);
        try (ServerProcess server = plan().start()) {
            server.api().awaitPublished();
            assertThat(answers(server.api())).isEqualTo(before);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
    }

    /// Everything that search tells of all events but those that a start itself makes.
    private static List<String> answers(Api api) {
        StringBuilder all = new StringBuilder();
        for (JsonNode element : api.events("-ledger:root")) {
            all.append(element.path("address").asString())
                    .append(' ')
                    .append(element.path("event"))
                    .append('\n');
        }
        List<String> answers = new ArrayList<>(List.of(all.toString()));
        String query = Api.encode("-ledger:root");
        answers.add(api.json("/api/histogram?q=" + query).path("buckets").toString());
        for (String field : List.of("kind", "outcome", "http.status", "policy.name", "ledger", "user.id")) {
            answers.add(api.json("/api/facets?q=" + query + "&field=" + field)
                    .path("values")
                    .toString());
        }
        for (String address : List.of("traffic/0", "traffic/2699", "security/299", "control/0")) {
            answers.add(api.event(address).path("entry").asString());
        }
        return answers;
    }

    @Test
    void data_that_is_older_than_what_was_signed_is_refused_with_exit_3_naming_ledger_and_sizes() throws IOException {
        Path data = folder.resolve("data");
        Path old = folder.resolve("old");
        try (ServerProcess server = plan().start()) {
            Filling.denials(server.api(), "a", 10);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        Folders.copy(data, old);
        try (ServerProcess server = plan().start()) {
            Filling.denials(server.api(), "b", 7);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        Folders.delete(data);
        Folders.copy(old, data);
        try (ServerProcess server = plan().launch()) {
            assertThat(server.awaitExit()).as("%s", server.errors()).isEqualTo(STALE);
            assertThat(server.output()).doesNotContain("web http");
            Matcher named = Pattern.compile("security|root").matcher(server.errors());
            assertThat(named.find()).as("%s", server.errors()).isTrue();
            if (named.group().equals("security")) {
                assertThat(server.errors()).containsPattern("\\b10\\b").containsPattern("\\b17\\b");
            }
        }
    }

    @Test
    void a_lost_state_folder_is_not_made_anew() throws IOException {
        try (ServerProcess server = plan().start()) {
            Filling.denials(server.api(), "a", 3);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        Folders.delete(folder.resolve("data.state"));
        try (ServerProcess server = plan().launch()) {
            assertThat(server.awaitExit()).as("%s", server.errors()).isEqualTo(STALE);
            assertThat(server.errors()).contains("data.state");
        }
    }

    @Test
    void a_wrong_configuration_stops_the_start_with_exit_2_and_words() throws IOException {
        Path config = folder.resolve("meshtrail.yaml");
        Files.writeString(config, "seal:\n  evnts: 5\n");
        assertRefused(plan().option("--config", config.toString()), "seal.evnts");
        Files.writeString(config, "seal.events: many\n");
        assertRefused(
                ServerProcess.Plan.in(folder.resolve("data")).option("--config", config.toString()), "seal.events");
        assertRefused(plan().option("--web", "0.0.0.0:0"), "--insecure");
        assertRefused(plan().option("--ingest", "0.0.0.0:0"), "--insecure");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private static void assertRefused(ServerProcess.Plan plan, String word) throws IOException {
        try (ServerProcess server = plan.launch()) {
            assertThat(server.awaitExit()).as("%s", server.errors()).isEqualTo(USAGE);
            assertThat(server.errors()).contains(word);
        }
    }

    @Test
    void beyond_this_machine_it_listens_only_when_told_insecure_by_name() throws IOException {
        try (ServerProcess server =
                plan().option("--web", "0.0.0.0:0", "--insecure").launch()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.output().contains("web http://") || !server.isAlive());
            assertThat(server.isAlive()).as("%s", server.errors()).isTrue();
            assertThat(server.web().getPort()).as("%s is a URL", server.web()).isPositive();
            Api local = new Api(URI.create("http://127.0.0.1:" + server.web().getPort()), server.web());
            assertThat(local.get("/healthz").statusCode()).isEqualTo(200);
        }
    }
}
