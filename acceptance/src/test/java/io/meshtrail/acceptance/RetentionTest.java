package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `docs/guide/retention.md` from outside, with a term of a second.
final class RetentionTest {
    @TempDir
    private Path folder;

    private ServerProcess.Plan plan(String more) throws IOException {
        Path config = folder.resolve("meshtrail.yaml");
        Files.writeString(config, """
                seal.events: 1024
                checkpoint.interval: 250ms
                merge.interval: 1h
                retention.interval: 200ms
                """ + more);
        return ServerProcess.Plan.in(folder.resolve("data")).option("--config", config.toString());
    }

    @Test
    void what_is_over_its_term_is_pruned_on_record_but_not_what_is_held() throws Exception {
        SigningKey one = SigningKey.generate("one.example", SignatureType.ED25519, new SecureRandom());
        SigningKey other = SigningKey.generate("other.example", SignatureType.ED25519, new SecureRandom());
        Path firstKey = Files.writeString(folder.resolve("one.key"), one.secret() + "\n");
        Path secondKey = Files.writeString(folder.resolve("other.key"), other.secret() + "\n");
        String approvers = "retention.approvers: [\"" + one.verifierKey() + "\", \"" + other.verifierKey() + "\"]\n";
        try (ServerProcess server =
                plan("ledgers.traffic.retention: 1s\n" + approvers).start()) {
            Api api = server.api();
            String url = server.web().toString();
            Cli held = Cli.run(
                    "holds",
                    "add",
                    "--server",
                    url,
                    "--case",
                    "Case 7",
                    "--by",
                    "counsel",
                    "--ledger",
                    "traffic",
                    "--from",
                    "0",
                    "--to",
                    "10");
            assertThat(held.exit()).as("%s", held).isZero();
            String hold = held.output().strip();
            Filling.segments(api);
            assertThat(api.ledger("traffic").path("holds").asInt()).isEqualTo(1);
            assertThat(api.ledger("traffic").path("minimum").asLong()).isZero();

            Path note = folder.resolve("note");
            Path both = folder.resolve("both");
            Files.writeString(note, signed("--server", url, "--key", firstKey.toString(), hold));
            Cli tooFew = Cli.run("holds", "lift", "--server", url, "--note", note.toString(), hold);
            assertThat(tooFew.exit()).as("%s", tooFew).isEqualTo(1);
            assertThat(tooFew.errors()).contains("1 approvers have signed");
            Files.writeString(both, signed("--key", secondKey.toString(), "--note", note.toString()));
            Cli lifted = Cli.run("holds", "lift", "--server", url, "--note", both.toString(), hold);
            assertThat(lifted.exit()).as("%s", lifted).isZero();

            Awaitility.await("the old segments go")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> api.ledger("traffic").path("minimum").asLong() > 0);
            long minimum = api.ledger("traffic").path("minimum").asLong();
            assertThat(api.get("/api/events/traffic/0").statusCode()).isEqualTo(410);
            assertThat(api.get("/api/events/traffic/0").body()).contains("root/");
            assertThat(api.get("/ledger/traffic/tile/entries/000").statusCode()).isEqualTo(404);
            JsonNode found = api.json("/api/events?q=" + Api.encode("ledger:traffic") + "&limit=1");
            assertThat(found.path("complete").asBoolean()).isFalse();
            assertThat(found.path("missing").toString()).contains("pruned");
            String key = key(api, "traffic");
            String proof = api.get("/api/events/traffic/" + minimum + "/proof").body();
            byte[] entry = Base64.getDecoder()
                    .decode(api.event("traffic/" + minimum).path("entry").asString());
            assertThat(new VerifyProof(List.of(VerifierKey.parse(key)), TlogPolicy.NONE)
                            .check(proof.getBytes(StandardCharsets.UTF_8), entry))
                    .isInstanceOf(VerifyProof.Result.Ok.class);
            Cli remote = Cli.run("verify", "--url", url + "/ledger/traffic", "--key", key);
            assertThat(remote.exit()).as("%s", remote).isZero();
            assertThat(remote.output()).contains("are pruned");
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        Cli sound = Cli.run("verify", "--data", folder.resolve("data").toString());
        assertThat(sound.exit()).as("%s", sound).isZero();
        try (ServerProcess again =
                plan("ledgers.traffic.retention: 1s\n" + approvers).start()) {
            assertThat(again.api().ledger("traffic").path("minimum").asLong()).isPositive();
            assertThat(again.api().get("/api/events/traffic/0").statusCode()).isEqualTo(410);
        }
    }

    private static String signed(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "holds";
        all[1] = "sign";
        System.arraycopy(options, 0, all, 2, options.length);
        Cli signed = Cli.run(all);
        assertThat(signed.exit()).as("%s", signed).isZero();
        return signed.output();
    }

    private static String key(Api api, String ledger) {
        return api.get("/ledger/" + ledger + "/key").body().strip();
    }

    @Test
    void in_compliance_mode_a_term_cannot_be_shortened_nor_the_mode_left() throws Exception {
        try (ServerProcess server = plan("retention.mode: compliance\nledgers.traffic.retention: 40d\n")
                .start()) {
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        refused("retention.mode: compliance\nledgers.traffic.retention: 30d\n", "ledger traffic");
        refused("ledgers.traffic.retention: 40d\n", "retention.mode");
        try (ServerProcess server = plan("retention.mode: compliance\nledgers.traffic.retention: 50d\n")
                .start()) {
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
    }

    private void refused(String config, String word) throws IOException {
        try (ServerProcess server = plan(config).launch()) {
            assertThat(server.awaitExit()).as("%s", server.errors()).isEqualTo(2);
            assertThat(server.errors()).contains(word);
        }
    }
}
