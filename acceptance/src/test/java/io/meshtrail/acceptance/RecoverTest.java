package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `docs/guide/restore.md`: data lost, state lost, and the way on.
final class RecoverTest {
    private static final int STALE = 3;
    private static final String REASON = "the volume of host a failed";

    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private ServerProcess.Plan plan() {
        return ServerProcess.Plan.in(data()).with("MESHTRAIL_SEAL_EVENTS", "256");
    }

    private void serve(String prefix, int count) throws IOException {
        try (ServerProcess server = plan().start()) {
            Filling.denials(server.api(), prefix, count);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
    }

    private void assertRefused() throws IOException {
        try (ServerProcess server = plan().launch()) {
            assertThat(server.awaitExit()).as("%s", server.errors()).isEqualTo(STALE);
            assertThat(server.errors()).contains("meshtrail ledgers recover");
        }
    }

    private Cli recover() {
        return Cli.run("ledgers", "recover", "--data", data().toString(), "--reason", REASON);
    }

    private void assertSound(String... known) {
        Cli verify = Cli.run("verify", "--data", data().toString());
        assertThat(verify.exit()).as("%s", verify).isZero();
        assertThat(verify.output()).contains(known);
    }

    @Test
    void data_from_an_older_backup_goes_on_with_the_loss_on_record() throws Exception {
        serve("a", 300);
        Path backup = folder.resolve("backup");
        Folders.copy(data(), backup);
        serve("b", 50);
        Folders.delete(data());
        Folders.copy(backup, data());
        assertRefused();

        Cli recovered = recover();
        assertThat(recovered.exit()).as("%s", recovered).isZero();
        assertThat(recovered.output()).contains("entries 300 to 349 are lost");
        assertSound("known: epoch 1", "entries 300 to 349 are lost: " + REASON);

        try (ServerProcess server = plan().start()) {
            Api api = server.api();
            assertThat(api.count("request.id:a*")).isEqualTo(300);
            assertThat(api.count("request.id:b*")).isZero();
            Filling.denials(api, "c", 20);
            for (String address : List.of("security/0", "security/299", "security/319")) {
                assertProves(api, server, address);
            }
            List<JsonNode> closed = api.events("ledger:root action:close attributes.ledger:security");
            assertThat(closed).hasSize(1);
            assertThat(closed.getFirst().path("event").path("detail").asString())
                    .isEqualTo(REASON);
            assertThat(api.events("ledger:root action:open attributes.epoch:2")).hasSize(2);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertSound("entries 300 to 349 are lost");
        Cli again = recover();
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.errors()).contains("nothing to recover");
    }

    private void assertProves(Api api, ServerProcess server, String address) throws IOException {
        Path here = Files.createTempDirectory(folder, "proof");
        Cli prove = Cli.command(
                here,
                Packaged.command("prove", address, "--server", server.web().toString()));
        assertThat(prove.exit()).as("%s", prove).isZero();
        String name = address.replace('/', '-');
        String key = api.get("/ledger/" + address.replaceAll("/.*", "") + "/key")
                .body()
                .strip();
        assertThat(key).contains("/security/2+");
        Cli proof = Cli.command(
                here, Packaged.command("verify-proof", name + ".tlog-proof", "--entry", name + ".entry", "--key", key));
        assertThat(proof.exit()).as("%s", proof).isZero();
    }

    @Test
    void a_data_folder_that_is_lost_whole_begins_again_and_says_what_is_lost() throws Exception {
        serve("a", 30);
        Folders.delete(data());
        assertRefused();
        Folders.delete(data());
        Cli recovered = recover();
        assertThat(recovered.exit()).as("%s", recovered).isZero();
        serve("b", 10);
        assertSound("epoch 1", "ends at 0 entries, entries 0 to 29 are lost: " + REASON);
    }

    @Test
    void a_state_folder_that_is_lost_means_new_keys_and_no_lost_entry() throws Exception {
        serve("a", 30);
        Folders.delete(folder.resolve("data.state"));
        assertRefused();
        Cli recovered = recover();
        assertThat(recovered.exit()).as("%s", recovered).isZero();
        try (ServerProcess server = plan().start()) {
            assertThat(server.api().count("request.id:a*")).isEqualTo(30);
            Filling.denials(server.api(), "b", 5);
            assertProves(server.api(), server, "security/7");
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertSound("nothing that is known to have been signed is lost");
    }

    @Test
    void ledgers_and_routes_follow_the_configuration_file_while_the_server_runs() throws Exception {
        Path config = folder.resolve("meshtrail.yaml");
        Files.writeString(config, "seal.events: 256\n");
        try (ServerProcess server = ServerProcess.Plan.in(data())
                .option("--config", config.toString())
                .start()) {
            Api api = server.api();
            api.ingested(IstioLines.PATH, IstioLines.allowed("before"));
            Files.writeString(config, """
                    seal.events: 256
                    ledgers:
                      orders: {retention: 365d, reserved: true}
                    routes:
                      - {to: orders, when: 'http.path:/orders/* -outcome:denied'}
                    """);
            org.awaitility.Awaitility.await("the new routes are on record")
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> api.count("ledger:root action:routes attributes.after:*orders*") == 1);
            api.ingested(
                    IstioLines.PATH,
                    IstioLines.body(IntStream.range(0, 300)
                            .mapToObj(i -> IstioLines.allowed("after-" + i))
                            .toList()));
            api.awaitPublished();
            assertThat(api.count("ledger:orders request.id:after-*")).isEqualTo(300);
            assertThat(api.count("ledger:traffic")).isEqualTo(1);
            assertThat(api.ledger("orders").path("retention").asString()).isEqualTo("365d");
            Files.writeString(config, "routes: [{to: nowhere, when: '*'}]\n");
            org.awaitility.Awaitility.await("a wrong file shows")
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> api.get("/metrics").body().contains("meshtrail_configuration_refused 1.0"));
            assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        // Without its configuration the ledger stays, readable and checked.
        try (ServerProcess server = ServerProcess.Plan.in(data()).start()) {
            assertThat(server.api().count("ledger:orders")).isEqualTo(300);
            server.api().ingested(IstioLines.PATH, IstioLines.allowed("later"));
            server.api().awaitPublished();
            assertThat(server.api().count("ledger:traffic")).isEqualTo(2);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertSound("orders");
    }
}
