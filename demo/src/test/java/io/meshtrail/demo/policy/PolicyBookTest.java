package io.meshtrail.demo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Tally;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.policy.Policy.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PolicyBookTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CONFIG = "/resources/0/typed_config";

    @Test
    void policiesHaveTheNamesThatIstioGivesThem(@TempDir Path folder) throws IOException {
        PolicyBook book = new PolicyBook(folder);
        JsonNode allow = read(book, Action.ALLOW).at(CONFIG);
        assertThat(allow.at("/rules/action").asString()).isEqualTo("ALLOW");
        assertThat(allow.at("/rules/policies").propertyNames())
                .containsExactlyInAnyOrder(
                        "ns[shop]-policy[orders-viewer]-rule[0]", "ns[shop]-policy[orders-writer]-rule[0]");
        JsonNode deny = read(book, Action.DENY).at(CONFIG);
        assertThat(deny.at("/rules/policies").propertyNames())
                .containsExactly("ns[shop]-policy[orders-no-interns]-rule[0]");
    }

    @Test
    void aDryRunIsEvaluatedButNotEnforced(@TempDir Path folder) throws IOException {
        JsonNode allow = read(new PolicyBook(folder), Action.ALLOW).at(CONFIG);
        assertThat(allow.at("/shadow_rules/policies").propertyNames())
                .containsExactly("ns[shop]-policy[orders-viewer-next]-rule[0]");
        assertThat(allow.at("/shadow_rules_stat_prefix").asString()).isEqualTo("istio_dry_run_allow_");
    }

    @Test
    void eachChangeOfTheScriptIsWrittenForTheProxyAndTheLastLeavesThingsAsTheyWere(@TempDir Path folder)
            throws IOException {
        PolicyBook book = new PolicyBook(folder);
        JsonNode first = read(book, Action.ALLOW).at(CONFIG);
        for (PolicyChange change : PolicyChange.SCRIPT) {
            String before = version(book);
            if (change.after().isPresent()) {
                book.put(change.after().get());
            } else {
                book.remove(change.policy());
            }
            assertThat(version(book)).isNotEqualTo(before);
        }
        assertThat(read(book, Action.ALLOW).at(CONFIG)).isEqualTo(first);
        try (var files = Files.list(book.folder(Workload.ORDERS))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("allow.json", "deny.json");
        }
    }

    @Test
    void theAuditEventTellsWhatTheProxiesEnforce() {
        PolicyChange change = PolicyChange.SCRIPT.getFirst();
        Instant now = Instant.parse("2026-11-24T10:00:00.123456Z");
        AuditEvent event = AuditEvent.of(change, now.minusSeconds(60), now);
        JsonNode list = JSON.readTree(event.body());
        assertThat(list.get("kind").asString()).isEqualTo("EventList");
        JsonNode item = list.at("/items/0");
        assertThat(item.get("stage").asString()).isEqualTo("ResponseComplete");
        assertThat(item.get("level").asString()).isEqualTo("RequestResponse");
        assertThat(item.get("verb").asString()).isEqualTo("update");
        assertThat(item.at("/user/username").asString()).isEqualTo("alice@corp.example");
        assertThat(item.at("/objectRef/resource").asString()).isEqualTo("authorizationpolicies");
        assertThat(item.at("/requestReceivedTimestamp").asString()).isEqualTo("2026-11-24T10:00:00.123456Z");
        assertThat(item.at("/responseObject/kind").asString()).isEqualTo("AuthorizationPolicy");
        assertThat(item.at("/responseObject/spec/rules/0/from/0/source/principals/0")
                        .asString())
                .isEqualTo("cluster.local/ns/shop/sa/web");
        assertThat(Rbac.http(Action.ALLOW, java.util.List.of(change.policy())).toString())
                .contains("spiffe://cluster.local/ns/shop/sa/web")
                .doesNotContain("reports");
    }

    @Test
    void aDeletionIsToldWithAStatusAndNoObject() {
        AuditEvent event = AuditEvent.of(PolicyChange.SCRIPT.getLast(), Instant.EPOCH, Instant.EPOCH);
        JsonNode item = JSON.readTree(event.body()).at("/items/0");
        assertThat(item.get("verb").asString()).isEqualTo("delete");
        assertThat(item.at("/responseObject/kind").asString()).isEqualTo("Status");
        assertThat(item.at("/objectRef/name").asString()).isEqualTo("orders-freeze-reports");
    }

    @Test
    void aRefusedReportBelongsToTheChangeThatRefusesIt(@TempDir Path folder) throws IOException {
        PolicyTimeline timeline = new PolicyTimeline(
                new PolicyBook(folder), event -> true, new Tally(Instant.EPOCH), Duration.ofMinutes(1));
        assertThat(timeline.reported(true)).isEqualTo(Case.REPORT_ALLOWED);
        timeline.play(PolicyChange.SCRIPT.get(0));
        // The proxies may still allow for a moment.
        assertThat(timeline.reported(true)).isEqualTo(Case.REPORT_ALLOWED);
        assertThat(timeline.reported(false)).isEqualTo(Case.REPORT_DENIED_NO_POLICY_MATCHED);
        timeline.play(PolicyChange.SCRIPT.get(1));
        assertThat(timeline.reported(false)).isEqualTo(Case.REPORT_DENIED_NO_POLICY_MATCHED);
        assertThat(timeline.reported(true)).isEqualTo(Case.REPORT_ALLOWED);
        timeline.play(PolicyChange.SCRIPT.get(2));
        assertThat(timeline.reported(false)).isEqualTo(Case.REPORT_DENIED_BY_POLICY);
    }

    private static JsonNode read(PolicyBook book, Action action) throws IOException {
        return JSON.readTree(Files.readString(book.file(Workload.ORDERS, action)));
    }

    private static String version(PolicyBook book) throws IOException {
        return read(book, Action.ALLOW).get("version_info").asString();
    }
}
