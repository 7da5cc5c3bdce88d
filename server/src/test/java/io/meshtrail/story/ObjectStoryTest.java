package io.meshtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.change.AuditedChange;
import io.meshtrail.change.ObjectStates;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.embedded.EmbeddedQueryEngine;
import io.meshtrail.query.embedded.TableIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is told beside one event about the objects behind it.
class ObjectStoryTest {
    private static final String ALLOW = "{\"action\":\"ALLOW\"}";
    private static final String DENY = "{\"action\":\"DENY\"}";

    private final TableIndex index = new TableIndex();
    private final QueryEngine engine = new EmbeddedQueryEngine(index, () -> 0);
    private final PolicyStory story = new PolicyStory(
            engine, new LedgerObjects(engine, new Payloads(hash -> Optional.empty()), () -> Long.MAX_VALUE));

    private static long time(int second) {
        return AuditedChange.START.plusSeconds(second).getEpochSecond() * 1_000_000_000L;
    }

    private void control(AuditedChange... changes) {
        index.add("control", Arrays.stream(changes).map(AuditedChange::stored).toList(), true);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> derived(String name, Address address, AuditEvent event) {
        return (Map<String, Object>) story.derived(address, event).getOrDefault(name, Map.of());
    }

    private AuditEvent stored(int leafIndex) {
        return engine.event(new Address("control", leafIndex)).orElseThrow().event();
    }

    @Test
    void aChangeHasTheObjectBeforeAndAfter() {
        control(
                AuditedChange.of("create", 1).answered(10, ALLOW),
                AuditedChange.of("update", 2).answered(20, DENY),
                AuditedChange.of("delete", 3));
        Address second = new Address("control", 1);
        assertThat(derived("before", second, stored(1)))
                .containsEntry("address", "control/0")
                .containsEntry("object.revision", "10")
                .containsEntry("user.id", "dana@corp.example")
                .hasEntrySatisfying(
                        "object", object -> assertThat(object.toString()).contains("action=ALLOW"));
        assertThat(derived("after", second, stored(1)))
                .containsEntry("basis", "as the API answered")
                .hasEntrySatisfying(
                        "object", object -> assertThat(object.toString()).contains("action=DENY"));
        Address last = new Address("control", 2);
        assertThat(derived("before", last, stored(2))).containsEntry("address", "control/1");
        assertThat(story.derived(last, stored(2))).doesNotContainKey("after");
    }

    @Test
    void aStateBeforeThatHidesAnUnseenChangeSaysSo() {
        control(
                AuditedChange.of("create", 1).answered(10, ALLOW),
                AuditedChange.of("update", 2),
                AuditedChange.of("update", 3).answered(30, DENY));
        assertThat(derived("before", new Address("control", 2), stored(2)))
                .containsEntry("address", "control/0")
                .containsEntry("uncertainty", "a later change was recorded without the object");
    }

    @Test
    void aDenialHasThePolicyAsItWas() {
        control(
                AuditedChange.of("create", 1).answered(10, ALLOW),
                AuditedChange.of("update", 5).answered(50, DENY),
                AuditedChange.of("update", 9).answered(90, ALLOW));
        AuditEvent denial = AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(Outcome.DENIED)
                .number(Field.TIME, time(7))
                .text(Field.POLICY_NAME, "shop/orders")
                .text(Field.POLICY_KIND, "AuthorizationPolicy")
                .build();
        assertThat(derived("policy.in_force", new Address("security", 0), denial))
                .containsEntry("address", "control/1")
                .containsEntry("object.revision", "50")
                .containsEntry(
                        "basis", "as the API answered, last change of AuthorizationPolicy shop/orders seen 2 s before")
                .containsKey("uncertainty")
                .hasEntrySatisfying(
                        "object", object -> assertThat(object.toString()).contains("action=DENY"));
    }

    private static AuditEvent intentions(int second, String name, String sources) {
        return AuditEvent.builder()
                .kind(Kind.POLICY_CHANGE)
                .outcome(Outcome.CHANGED)
                .number(Field.TIME, time(second))
                .number(Field.RECEIVED, time(second))
                .text(Field.MESH, "consul")
                .text(Field.OBJECT_KIND, "service-intentions")
                .text(Field.OBJECT_NAME, name)
                .text(Field.CHANGE_VERB, "update")
                .attribute(ObjectStates.WATCHED, "/v1/config/service-intentions")
                .text(
                        Field.RAW,
                        "{\"Kind\":\"service-intentions\",\"Name\":\"" + name + "\",\"Sources\":[" + sources + "]}")
                .build();
    }

    private static AuditEvent call(int second, String source, String destination) {
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(Outcome.DENIED)
                .number(Field.TIME, time(second))
                .text(Field.MESH, "consul")
                .text(Field.SOURCE_SERVICE, source)
                .text(Field.DESTINATION_SERVICE, destination)
                .build();
    }

    private String source(AuditEvent call) {
        return String.valueOf(
                derived("intention.in_force", new Address("security", 0), call).get("source"));
    }

    @Test
    void aVerdictInConsulHasTheIntentionThatWasInForce() {
        index.add(
                "control",
                List.of(
                        intentions(
                                1,
                                "db",
                                "{\"Name\":\"web\",\"Action\":\"allow\"},{\"Name\":\"*\",\"Action\":\"deny\"}"),
                        intentions(5, "db", "{\"Name\":\"web\",\"Action\":\"deny\"}"),
                        intentions(2, "*", "{\"Name\":\"*\",\"Action\":\"deny\",\"Permissions\":[]}")),
                true);
        assertThat(source(call(3, "web", "db"))).isEqualTo("{Name=web, Action=allow}");
        assertThat(source(call(3, "job", "db"))).isEqualTo("{Name=*, Action=deny}");
        assertThat(source(call(6, "web", "db"))).isEqualTo("{Name=web, Action=deny}");
        assertThat(source(call(6, "job", "db"))).contains("Permissions");
        assertThat(derived("intention.in_force", new Address("security", 0), call(6, "job", "db")))
                .hasEntrySatisfying(
                        "uncertainty", words -> assertThat(words.toString()).contains("not evaluated"))
                .hasEntrySatisfying(
                        "basis",
                        words -> assertThat(words.toString()).contains("intentions of * as last seen 4 s before"));
        assertThat(story.derived(new Address("security", 0), call(0, "web", "db")))
                .doesNotContainKey("intention.in_force");
    }

    private static AuditEvent.Builder line(String uptime) {
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(Outcome.DENIED)
                .number(Field.TIME, time(1))
                .number(Field.RECEIVED, time(1))
                .text(Field.MESH, "linkerd")
                .text(Field.SOURCE_ADDRESS, "10.0.3.252")
                .attribute("uptime", uptime);
    }

    @Test
    void theTwoLinesOfALinkerdDenialAreLinked() {
        AuditEvent policy =
                line("1289.245238s").text(Field.POLICY_NAME, "shop/web").build();
        AuditEvent answer = line("1289.245771s")
                .number(Field.SOURCE_PORT, 52_222)
                .attribute("message", "HTTP/1.1 request failed")
                .build();
        AuditEvent later = line("1295.000000s")
                .attribute("message", "HTTP/1.1 request failed")
                .build();
        AuditEvent stranger = line("1289.245772s")
                .text(Field.SOURCE_ADDRESS, "10.0.3.9")
                .attribute("message", "HTTP/1.1 request failed")
                .build();
        index.add("security", List.of(policy, stranger, later, answer), true);
        assertThat(derived("other_line", new Address("security", 0), policy))
                .containsEntry("address", "security/3")
                .containsEntry("basis", "same caller, printed 0 ms apart")
                .containsEntry("uncertainty", "the lines share no id");
        assertThat(derived("other_line", new Address("security", 3), answer)).containsEntry("address", "security/0");
        assertThat(story.derived(new Address("security", 2), later)).doesNotContainKey("other_line");
    }

    @Test
    void linesOfTwoPortsAreNotLinked() {
        AuditEvent one = line("5s").number(Field.SOURCE_PORT, 1).build();
        AuditEvent other = line("5s")
                .number(Field.SOURCE_PORT, 2)
                .attribute("message", "Connection closed")
                .build();
        index.add("security", List.of(one, other), true);
        assertThat(story.derived(new Address("security", 0), one)).doesNotContainKey("other_line");
    }
}
