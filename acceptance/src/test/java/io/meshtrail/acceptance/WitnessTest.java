package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `docs/guide/witness.md`: run a witness, join one, lose it, and be caught by it.
final class WitnessTest {
    private static final List<String> LEDGERS = List.of("root", "control", "security", "traffic");
    private static final String WITNESSED = "/ingest/lines/istio-json?wait=witnessed&observer=gateway";

    @TempDir
    private Path folder;

    private Path policy() {
        return folder.resolve("witness.policy");
    }

    private ServerProcess.Plan plan() {
        return ServerProcess.Plan.in(folder.resolve("data")).with("MESHTRAIL_WITNESS_POLICY", policy().toString());
    }

    private WitnessProcess firstWitness() throws IOException {
        WitnessProcess witness = WitnessProcess.start(folder.resolve("witness"), "127.0.0.1:0");
        Files.writeString(policy(), "witness w1 " + witness.key() + " " + witness.url() + "\nquorum w1\n");
        return witness;
    }

    /// The witness learns the ledgers' keys.
    private void join() throws IOException {
        StringBuilder keys = new StringBuilder();
        for (String ledger : LEDGERS) {
            keys.append(Files.readString(folder.resolve("data/ledger/" + ledger + "/key")));
        }
        Files.writeString(folder.resolve("witness/logs.txt"), keys);
    }

    @Test
    void an_event_becomes_witnessed_and_its_proof_satisfies_the_policy_also_after_the_witness_was_away()
            throws Exception {
        try (WitnessProcess witness = firstWitness();
                ServerProcess server = plan().start()) {
            join();
            checkWitnessed(server, "w-1");
            try (WitnessProcess second = WitnessProcess.launch(folder.resolve("witness"), "127.0.0.1:0")) {
                assertThat(second.awaitExit()).isNotZero();
                assertThat(second.errors()).contains("in use by another witness");
            }
            assertThat(witness.stop()).isZero();

            JsonNode published = server.api()
                    .ingested("/ingest/lines/istio-json?wait=published&observer=gateway", IstioLines.denied("w-2"));
            assertThat(published.path("stage").asString()).isEqualTo("published");
            assertThat(server.api().get("/readyz").statusCode()).isEqualTo(200);
            Awaitility.await("the alarm")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.api().get("/metrics").body().contains("meshtrail_witness_quorum 0.0"));
            try (WitnessProcess _ = WitnessProcess.start(folder.resolve("witness"), witness.address())) {
                Awaitility.await("the end of the alarm")
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> server.api().get("/metrics").body().contains("meshtrail_witness_quorum 1.0"));
                checkWitnessed(server, "w-3");
                assertThat(server.api().count("ledger:root action:unwitnessed")).isEqualTo(1);
                assertThat(server.api().count("ledger:root action:witnessed")).isEqualTo(1);
                assertThat(server.stop()).as("%s", server.errors()).isZero();
            }
        }
        Cli verified = Cli.run("verify", "--data", folder.resolve("data").toString());
        assertThat(verified.exit()).as("%s", verified).isZero();
    }

    private void checkWitnessed(ServerProcess server, String requestId) throws IOException {
        JsonNode answer = server.api().ingested(WITNESSED, IstioLines.denied(requestId));
        assertThat(answer.path("stage").asString()).isEqualTo("witnessed");
        JsonNode proof = answer.path("proofs").get(0);
        JsonNode event = server.api().event(proof.path("address").asString());
        assertThat(event.path("stage").asString()).isEqualTo("witnessed");
        Path file = folder.resolve(requestId + ".tlog-proof");
        Path entry = folder.resolve(requestId + ".entry");
        Files.writeString(file, proof.path("proof").asString());
        Files.write(entry, Base64.getDecoder().decode(event.path("entry").asString()));
        String key =
                Files.readString(folder.resolve("data/ledger/security/key")).strip();
        Cli proven = Cli.run(
                "verify-proof",
                file.toString(),
                "--entry",
                entry.toString(),
                "--key",
                key,
                "--policy",
                policy().toString());
        assertThat(proven.exit()).as("%s", proven).isZero();
        assertThat(proven.output()).contains("cosigned by witness.example/w1");
    }

    @Test
    void an_older_copy_of_data_and_state_is_refused_with_exit_3_by_the_word_of_the_witness() throws Exception {
        try (WitnessProcess _ = firstWitness()) {
            try (ServerProcess server = plan().start()) {
                join();
                server.api().ingested(WITNESSED, IstioLines.denied("r-1"));
                assertThat(server.stop()).as("%s", server.errors()).isZero();
            }
            for (String each : List.of("data", "data.state")) {
                Folders.copy(folder.resolve(each), folder.resolve("old").resolve(each));
            }
            try (ServerProcess server = plan().start()) {
                server.api().ingested(WITNESSED, IstioLines.denied("r-2"));
                server.kill9();
            }
            for (String each : List.of("data", "data.state")) {
                Folders.delete(folder.resolve(each));
                Folders.copy(folder.resolve("old").resolve(each), folder.resolve(each));
            }
            try (ServerProcess server = plan().launch()) {
                assertThat(server.awaitExit()).as("%s", server.errors()).isEqualTo(3);
                assertThat(server.output()).doesNotContain("web http");
                assertThat(server.errors()).contains("witness w1 (http://", "entries of ledger");
            }
        }
    }
}
