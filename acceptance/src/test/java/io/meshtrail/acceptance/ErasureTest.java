package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A person is found by name until she is erased; then she is nowhere, and every proof still holds.
/// `docs/guide/erasure.md`.
final class ErasureTest {
    private static final String ALICE = "alice.liddell@example.com";
    private static final String ADDRESS = "203.0.113.77";
    private static final String BOB = "bob.builder@example.com";

    @TempDir
    private Path folder;

    private ServerProcess.Plan plan() {
        return ServerProcess.Plan.in(folder.resolve("data"))
                .with("MESHTRAIL_SEAL_EVENTS", "256")
                .with("MESHTRAIL_PRIVACY_SUBJECTS", "user.id,user.name,source.address");
    }

    @Test
    void an_erased_person_is_nowhere_and_every_proof_still_holds() throws Exception {
        Path copy = folder.resolve("subjects.copy");
        Path table = folder.resolve("data.state/subjects");
        String pseudonym;
        try (ServerProcess server = plan().start()) {
            Api api = server.api();
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                String caller = i % 2 == 0 ? ADDRESS : "198.51.100." + i % 100;
                lines.add(IstioLines.allowed("r-" + i, "downstream_remote_address", caller + ":4711"));
            }
            api.ingested(IstioLines.PATH, IstioLines.body(lines));
            api.ingested(
                    KubernetesAudit.PATH,
                    KubernetesAudit.change("a-1", "orders-viewer", "").replace(user(), ALICE));
            api.ingested(
                    KubernetesAudit.PATH,
                    KubernetesAudit.change("a-2", "orders-viewer", "").replace(user(), BOB));
            api.awaitPublished();
            assertThat(api.count("user.id:\"" + ALICE + "\"")).isEqualTo(1);
            assertThat(api.count("user.id:alice.*")).isEqualTo(1);
            assertThat(api.count("LIDDELL")).as("a bare word").isEqualTo(1);
            assertThat(api.count("source.address:" + ADDRESS)).isEqualTo(300);
            assertThat(api.count("source.address:203.0.113.0/24")).isEqualTo(300);
            assertThat(api.count("-source.address:203.0.113.0/24 ledger:traffic"))
                    .isEqualTo(300);
            JsonNode found = api.events("user.id:\"" + ALICE + "\"").getFirst();
            assertThat(found.path("event").path("user.id").asString()).isEqualTo(ALICE);
            assertThat(api.json("/api/facets?field=user.id").toString()).contains(ALICE, BOB);
            String address = found.path("address").asString();
            JsonNode whole = api.event(address);
            assertThat(whole.path("event").path("raw").asString()).contains(ALICE);
            byte[] entry = Base64.getDecoder().decode(whole.path("entry").asString());
            assertThat(new String(entry, StandardCharsets.UTF_8)).doesNotContain(ALICE);

            Files.copy(table, copy);
            Cli list = Cli.run(
                    "subjects",
                    "list",
                    "--value",
                    ALICE,
                    "--server",
                    server.web().toString());
            assertThat(list.output()).contains(ALICE, "user.id", "salt ");
            pseudonym = list.output().lines().skip(1).findFirst().orElseThrow().substring(0, 44);
            Cli telling = Cli.run(
                    "subjects",
                    "erase",
                    ALICE,
                    "--reason",
                    "because " + ALICE + " asked",
                    "--server",
                    server.web().toString());
            assertThat(telling.exit()).isEqualTo(1);
            assertThat(telling.errors()).contains("reason");
            Cli erased = Cli.run(
                    "subjects",
                    "erase",
                    ALICE,
                    "--reason",
                    "request 17",
                    "--server",
                    server.web().toString());
            assertThat(erased.exit()).as("%s", erased).isZero();
            assertThat(erased.output()).contains("erased " + pseudonym, "1 events");

            assertThat(api.count("user.id:\"" + ALICE + "\"")).isZero();
            assertThat(api.count("user.id:alice.*")).isZero();
            JsonNode after = api.event(address);
            assertThat(after.path("event").path("user.id").asString()).isEqualTo(pseudonym);
            assertThat(after.path("derived").path("privacy").path("user.id").asString())
                    .isEqualTo("erased");
            assertThat(after.path("entry")).isEqualTo(whole.path("entry"));
            assertThat(after.toString()).doesNotContain(ALICE);
            assertThat(api.count("user.id:\"" + BOB + "\"")).isEqualTo(1);
            assertThat(api.events("ledger:root action:erase").getFirst().toString())
                    .contains(pseudonym, "request 17");
            assertThat(api.get("/api/events/" + address + "/proof").statusCode())
                    .isEqualTo(200);

            // The same person comes again: nobody can tell that it is her.
            api.ingested(
                    KubernetesAudit.PATH,
                    KubernetesAudit.change("a-3", "orders-viewer", "").replace(user(), ALICE));
            api.awaitPublished();
            assertThat(api.count("user.id:\"" + ALICE + "\"")).isEqualTo(1);
            Cli again = Cli.run(
                    "subjects",
                    "erase",
                    ALICE,
                    "--reason",
                    "request 18",
                    "--server",
                    server.web().toString());
            assertThat(again.exit()).as("%s", again).isZero();
            Cli byAddress = Cli.run(
                    "subjects",
                    "erase",
                    ADDRESS,
                    "--reason",
                    "request 19",
                    "--server",
                    server.web().toString());
            assertThat(byAddress.output()).as("%s", byAddress).contains("300 events");
            assertThat(api.count("source.address:" + ADDRESS)).isZero();
            assertThat(api.count("ledger:traffic")).isEqualTo(600);
            // Rows of segments are compressed; these are their entries.
            for (String bundle : List.of("/ledger/traffic/tile/entries/000", "/ledger/traffic/tile/entries/001")) {
                assertThat(api.get(bundle).body()).contains("r-").doesNotContain(ADDRESS);
            }
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertNowhere();
        assertThat(Folders.files(folder.resolve("data/segments")))
                .as("something is sealed")
                .isNotEmpty();
        assertVerified();

        // Somebody puts yesterday's copy of the table back.
        assertThat(new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1))
                .contains(ALICE);
        Files.copy(copy, table, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (ServerProcess server = plan().start()) {
            server.api().awaitPublished();
            assertThat(server.api().count("user.id:\"" + ALICE + "\"")).isZero();
            assertThat(server.api().count("user.id:\"" + BOB + "\"")).isEqualTo(1);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertNowhere();
        assertVerified();
    }

    /// The user of [KubernetesAudit#change].
    private static String user() {
        return KubernetesAudit.USER;
    }

    private void assertVerified() {
        Cli verify = Cli.run("verify", "--data", folder.resolve("data").toString());
        assertThat(verify.exit()).as("%s", verify).isZero();
    }

    /// In no file of the data folder with its temporary folder, of the state folder, or of what the
    /// server printed.
    private void assertNowhere() throws IOException {
        for (String name : List.of("data", "data.state", "data.log")) {
            for (Path file : Folders.files(folder.resolve(name))) {
                String bytes =
                        new String(Files.readAllBytes(folder.resolve(name).resolve(file)), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains("alice.liddell") || bytes.contains(ADDRESS))
                        .as("%s/%s", name, file)
                        .isFalse();
            }
        }
    }

    @Test
    void only_a_program_on_this_machine_may_erase_and_no_page_in_its_browser() throws IOException {
        try (ServerProcess server = plan().start()) {
            URI erase = server.web().resolve("/api/subjects/erase");
            String body = "{\"value\":\"nobody\",\"reason\":\"request 1\"}";
            assertThat(post(erase, body, "application/json").statusCode()).isEqualTo(404);
            assertThat(post(erase, body, "text/plain").statusCode())
                    .as("what a form can send")
                    .isEqualTo(415);
            assertThat(post(erase, "[]", "application/json").statusCode()).isEqualTo(400);
            assertThat(post(erase, "{\"value\":\"x\"}", "application/json").statusCode())
                    .isEqualTo(400);
            assertThat(server.api().get("/api/subjects/erase").statusCode()).isEqualTo(405);
        }
    }

    private static HttpResponse<String> post(URI uri, String body, String type) {
        return Api.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
