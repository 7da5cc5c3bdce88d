package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.demo.DemoMesh;
import io.meshtrail.demo.DemoOptions;
import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The whole product on real traffic: five Envoys, every case of the demo, policies that change; then the
/// questions an auditor asks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MeshAcceptanceTest {
    private static final String FLUSHED = "access_logs.grpc_access_log.grpc_entries_flushed";
    private static final String DROPPED = "access_logs.grpc_access_log.logs_dropped";
    private static final String SECRET = "s3cr3t-of-the-demo";
    private static final Duration POLICY_INTERVAL = Duration.ofSeconds(4);

    /// Enough for each change of the script to happen and to be felt, and then once more.
    private static final int CHANGES = 5;

    @TempDir
    private static Path folder;

    private ServerProcess server;
    private Api api;
    private Tally tally;

    @BeforeAll
    void runTheMesh() throws Exception {
        Path envoy = EnvoyProgram.find();
        server = ServerProcess.Plan.in(folder.resolve("data")).start();
        api = server.api();
        DemoOptions options =
                DemoOptions.of(envoy, folder.resolve("mesh"), server.ingest()).withPolicyInterval(POLICY_INTERVAL);
        try (DemoMesh mesh = DemoMesh.start(options)) {
            System.out.println("Envoy " + mesh.envoyVersion());
            assertThat(mesh.envoyVersion()).as("the pinned version").contains("1.40.0");
            Awaitility.await("every case was seen and each policy change was felt")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> {
                        assertThat(Arrays.stream(Case.values())
                                        .filter(each -> mesh.tally().count(each) < 3))
                                .isEmpty();
                        assertThat(mesh.tally().changes()).hasSizeGreaterThanOrEqualTo(CHANGES);
                        assertThat(mesh.tally().changes().get(CHANGES - 1).effectiveAfter())
                                .isPresent();
                    });
            tally = mesh.stop();
        }
        // What the proxies have sent is on its way for a moment; after that nothing more comes.
        Awaitility.await("all entries that the proxies sent have arrived")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> received("envoy-als") >= tally.proxySum(FLUSHED));
        api.awaitPublished();
        System.out.println(tally.total() + " calls, " + tally.proxySum(FLUSHED) + " entries, "
                + tally.changes().size() + " policy changes; otherwise: " + tally.surprises());
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
    }

    private long received(String format) {
        long received = 0;
        for (JsonNode source : api.json("/api/sources").path("sources")) {
            if (source.path("format").asString().equals(format)) {
                received += source.path("received").asLong();
            }
        }
        return received;
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    @Order(1)
    void each_case_comes_out_with_its_kind_outcome_reason_policy_and_identities(Case each) {
        List<JsonNode> events = api.events(each.expected().query());
        assertThat(events).isNotEmpty();
        for (JsonNode element : events) {
            JsonNode event = element.path("event");
            each.expected()
                    .fields()
                    .forEach((field, value) -> assertThat(event.path(field).asString(""))
                            .as("%s of %s", field, element)
                            .matches(wildcard(value)));
            if (event.path("kind").asString().equals("handshake")) {
                assertThat(event.path("tls.failure").asString(""))
                        .as("tls.failure of %s", element)
                        .isNotEmpty();
            }
        }
    }

    private static Pattern wildcard(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split("\\*", -1)) {
            parts.add(Pattern.quote(part));
        }
        return Pattern.compile(String.join(".*", parts));
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    @Order(1)
    void each_call_that_was_made_is_found_once(Case each) {
        long found = api.count(each.expected().query());
        // A call whose caller saw something else (a time-out on a busy machine) may still have come to the
        // proxy.
        assertThat(found)
                .as("calls made and found; dropped by Envoy: %d", tally.proxySum(DROPPED))
                .isBetween(
                        tally.count(each) - tally.proxySum(DROPPED), tally.count(each) + tally.unexpectedCount(each));
    }

    @Test
    @Order(1)
    void all_entries_that_the_proxies_have_sent_are_events() {
        assertThat(tally.proxySum(DROPPED)).as("dropped by Envoy").isZero();
        assertThat(api.count("-ledger:root -mesh:kubernetes")).isEqualTo(tally.proxySum(FLUSHED));
    }

    @Test
    @Order(1)
    void a_call_over_mtls_names_both_identities() {
        List<JsonNode> events = api.events("kind:request observer.side:server -outcome:failed");
        assertThat(events).isNotEmpty();
        for (JsonNode element : events) {
            JsonNode event = element.path("event");
            assertThat(event.path("source.identity").asString(""))
                    .as("%s", element)
                    .startsWith("spiffe://");
            assertThat(event.path("source.verified").asString(""))
                    .as("%s", element)
                    .isEqualTo("mtls");
            assertThat(event.path("destination.identity").asString(""))
                    .as("%s", element)
                    .startsWith("spiffe://");
        }
    }

    @Test
    @Order(1)
    void each_policy_change_is_a_control_event_with_its_author_and_object() {
        for (Tally.Change change : tally.changes()) {
            if (!change.told()) {
                continue;
            }
            List<JsonNode> events = api.events("kind:policy_change request.id:" + change.auditId());
            assertThat(events).as("%s", change).hasSize(1);
            String address = events.getFirst().path("address").asString();
            assertThat(address).startsWith("control/");
            JsonNode event = api.event(address).path("event");
            assertThat(event.path("outcome").asString()).isEqualTo("changed");
            assertThat(event.path("user.id").asString()).isEqualTo(change.user());
            assertThat(event.path("change.verb").asString()).isEqualTo(change.verb());
            assertThat(event.path("object.kind").asString()).isEqualTo("AuthorizationPolicy");
            assertThat(event.path("object.namespace").asString() + "/"
                            + event.path("object.name").asString())
                    .isEqualTo(change.policy());
            assertThat(event.path("cluster").asString()).isEqualTo(change.cluster());
            assertThat(event.path("raw").asString())
                    .contains(change.policy().substring(change.policy().indexOf('/') + 1));
        }
        assertThat(tally.changes().stream().filter(Tally.Change::told)).hasSizeGreaterThanOrEqualTo(CHANGES - 1);
    }

    @Test
    @Order(1)
    void a_denial_leads_to_the_audit_event_that_last_changed_its_policy() {
        List<JsonNode> changes = api.events("kind:policy_change outcome:changed object.name:orders-freeze-reports");
        List<JsonNode> denials =
                api.events(Case.REPORT_DENIED_BY_POLICY.expected().query());
        assertThat(denials).isNotEmpty();
        for (JsonNode denial : List.of(denials.getFirst(), denials.get(denials.size() / 2), denials.getLast())) {
            JsonNode detail = api.event(denial.path("address").asString());
            String time = denial.path("event").path("time").asString();
            String expected = changes.stream()
                    .filter(change ->
                            change.path("event").path("time").asString().compareTo(time) <= 0)
                    .max(Comparator.comparing(
                            change -> change.path("event").path("time").asString()))
                    .orElseThrow(() -> new AssertionError("no change before " + denial))
                    .path("address")
                    .asString();
            JsonNode derived = detail.path("derived").path("policy.change");
            assertThat(derived.path("address").asString()).as("%s", detail).isEqualTo(expected);
            assertThat(derived.path("user.id").asString()).isEqualTo("carol@corp.example");
            assertThat(derived.path("basis").asString()).contains("orders-freeze-reports");
        }
    }

    @Test
    @Order(1)
    void the_secret_of_the_demo_is_nowhere_in_the_data_folder() throws IOException {
        byte[] secret = SECRET.getBytes(StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains(new String(secret, StandardCharsets.ISO_8859_1)))
                        .as("%s holds the secret", file)
                        .isFalse();
            }
        }
        for (JsonNode event : api.events("*")) {
            assertThat(event.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    @Order(1)
    void an_event_is_proven_offline_and_a_changed_one_is_not() throws IOException {
        String address = api.events("outcome:denied").getFirst().path("address").asString();
        String name = address.replace('/', '-');
        List<String> keys = keys();
        Cli prove = Cli.in(folder, "prove", address, "--server", server.web().toString());
        assertThat(prove.exit()).as("%s", prove).isZero();
        String key = keys.stream()
                .filter(line ->
                        line.startsWith(api.ledger(address.substring(0, address.indexOf('/')))
                                        .path("origin")
                                        .asString() + "+"))
                .findFirst()
                .orElseThrow();
        Cli proven = Cli.in(folder, "verify-proof", name + ".tlog-proof", "--entry", name + ".entry", "--key", key);
        assertThat(proven.exit()).as("%s", proven).isZero();
        Path entry = folder.resolve(name + ".entry");
        byte[] bytes = Files.readAllBytes(entry);
        bytes[bytes.length / 2] ^= 1;
        Files.write(entry, bytes);
        Cli refuted = Cli.in(folder, "verify-proof", name + ".tlog-proof", "--entry", name + ".entry", "--key", key);
        assertThat(refuted.exit()).as("%s", refuted).isEqualTo(1);
    }

    private List<String> keys() {
        Cli keys = Cli.run("keys", "--server", server.web().toString());
        assertThat(keys.exit()).as("%s", keys).isZero();
        return keys.output().lines().toList();
    }

    @Test
    @Order(1)
    void a_stranger_verifies_all_ledgers_over_http_with_their_keys_alone() {
        List<String> arguments =
                new ArrayList<>(List.of("verify", "--url", server.web().toString()));
        keys().forEach(key -> arguments.addAll(List.of("--key", key)));
        Cli verify = Cli.run(arguments.toArray(String[]::new));
        assertThat(verify.exit()).as("%s", verify).isZero();
        assertThat(verify.output()).contains("/security", "/control", "/traffic", "/root");
    }

    @Test
    @Order(2)
    void the_folder_verifies_beside_the_running_server() {
        assertSound();
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    @Order(3)
    void sigterm_ends_it_in_order_and_the_folder_verifies_without_it() {
        assertThat(server.stop()).as("%s", server.errors()).isZero();
        assertSound();
    }

    private void assertSound() {
        Cli verify = Cli.run("verify", "--data", folder.resolve("data").toString());
        assertThat(verify.exit()).as("%s", verify).isZero();
        for (String ledger : List.of("control", "security", "traffic", "root")) {
            assertThat(verify.output()).containsPattern("(?m)^" + ledger + "\\s+size [1-9]");
        }
    }
}
