package io.meshtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.embedded.EmbeddedQueryEngine;
import io.meshtrail.query.embedded.TableIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyStoryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Address ADDRESS = new Address("security", 0);

    private final TableIndex index = new TableIndex();
    private final QueryEngine engine = new EmbeddedQueryEngine(index, () -> 0);
    private final PolicyStory story = new PolicyStory(
            engine, new LedgerObjects(engine, new Payloads(hash -> Optional.empty()), () -> Long.MAX_VALUE));

    @Test
    void aDenialNamesTheLastChangeOfItsPolicy() {
        AuditEvent denial = denial(100)
                .text(Field.POLICY_NAME, "shop/viewer")
                .text(Field.POLICY_KIND, "AuthorizationPolicy")
                .text(Field.CLUSTER, "east")
                .build();
        index.add(
                "control",
                List.of(
                        change(50, "shop", "viewer").text(Field.USER_ID, "ann").build(),
                        change(96, "shop", "viewer")
                                .text(Field.USER_ID, "bob")
                                .text(Field.CHANGE_VERB, "update")
                                .build(),
                        change(97, "shop", "viewer").outcome(Outcome.DENIED).build(),
                        change(98, "shop", "viewer").text(Field.CLUSTER, "west").build(),
                        change(99, "shop", "other").build(),
                        change(101, "shop", "viewer").build()),
                true);
        assertThat(story.derived(ADDRESS, denial))
                .isEqualTo(Map.of(
                        "policy.change",
                        Map.of(
                                "address", "control/1",
                                "time", "1970-01-01T00:01:36.000000000Z",
                                "user.id", "bob",
                                "change.verb", "update",
                                "basis", "last change of AuthorizationPolicy shop/viewer seen 4 s before",
                                "uncertainty",
                                        "the two times come from different clocks,"
                                                + " and the change may not have reached the proxy yet")));
    }

    @Test
    void whereNoPolicyMatchedTheNamespaceIsLookedAt() {
        AuditEvent denial = denial(1_000)
                .reason(Reason.NO_POLICY_MATCHED)
                .text(Field.DESTINATION_NAMESPACE, "shop")
                .build();
        index.add(
                "control",
                List.of(
                        change(400, "shop", "a").build(),
                        change(900, "bank", "b").build()),
                true);
        assertThat(story.derived(ADDRESS, denial).get("policy.change"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, String.class))
                .containsEntry("address", "control/0")
                .containsEntry("basis", "last change of any AuthorizationPolicy in shop seen 10 min before");
    }

    @Test
    void changesThatRoutesSendElsewhereAreFoundToo() {
        index.add("changes", List.of(change(50, "shop", "viewer").build()), true);
        AuditEvent denial = denial(100).text(Field.POLICY_NAME, "shop/viewer").build();
        assertThat(story.derived(ADDRESS, denial)).containsKey("policy.change");
    }

    @Test
    void theOtherSideOfACallIsNamed() {
        AuditEvent client = report("client", "a").build();
        AuditEvent server = report("server", "a").build();
        index.add("security", List.of(client, report("client", "x").build()), true);
        index.add("traffic", List.of(report("server", "x").build(), server), true);
        assertThat(story.derived(ADDRESS, client)).containsExactly(Map.entry("other_side", "traffic/1"));
        assertThat(story.derived(new Address("traffic", 1), server))
                .containsExactly(Map.entry("other_side", "security/0"));
    }

    @Test
    void anEventWithoutPolicyOrRequestHasNoStory() {
        assertThat(story.derived(ADDRESS, denial(1).build())).isEmpty();
    }

    private static AuditEvent.Builder denial(long second) {
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(Outcome.DENIED)
                .number(Field.TIME, second * SECOND)
                .number(Field.RECEIVED, second * SECOND);
    }

    private static AuditEvent.Builder report(String side, String source) {
        return denial(5)
                .text(Field.REQUEST_ID, "r1")
                .text(Field.OBSERVER_SIDE, side)
                .text(Field.SOURCE_IDENTITY, source);
    }

    private static AuditEvent.Builder change(long second, String namespace, String name) {
        return denial(second)
                .kind(Kind.POLICY_CHANGE)
                .outcome(Outcome.CHANGED)
                .text(Field.OBJECT_KIND, "AuthorizationPolicy")
                .text(Field.OBJECT_NAMESPACE, namespace)
                .text(Field.OBJECT_NAME, name);
    }
}
