package io.meshtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.change.AuditedChange;
import io.meshtrail.change.Basis;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.embedded.EmbeddedQueryEngine;
import io.meshtrail.query.embedded.TableIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoliciesInForceTest {
    private static final String ALLOW = "{\"action\":\"ALLOW\"}";
    private static final String DENY = "{\"action\":\"DENY\"}";

    private final TableIndex index = new TableIndex();
    private final QueryEngine engine = new EmbeddedQueryEngine(index, () -> 0);
    private final LedgerObjects objects =
            new LedgerObjects(engine, new Payloads(hash -> Optional.empty()), () -> Long.MAX_VALUE);
    private final PoliciesInForce policies = new PoliciesInForce(engine, objects);

    private void control(AuditedChange... changes) {
        index.add("control", Arrays.stream(changes).map(AuditedChange::stored).toList(), true);
    }

    private List<PoliciesInForce.Policy> at(int second) {
        return policies.at(time(second), Optional.empty(), Optional.empty()).policies();
    }

    private static long time(int second) {
        return AuditedChange.START.plusSeconds(second).getEpochSecond() * 1_000_000_000L;
    }

    private static String object(PoliciesInForce.Policy policy) {
        return policy.object().map(Object::toString).orElse("");
    }

    @Test
    void eachMomentHasTheRevisionThatWasMadeLastBeforeIt() {
        control(
                AuditedChange.of("create", 10).answered(100, ALLOW),
                AuditedChange.of("update", 20).answered(200, DENY),
                AuditedChange.of("create", 15).named("other").answered(150, ALLOW));
        assertThat(at(9)).isEmpty();
        assertThat(at(10)).singleElement().satisfies(policy -> {
            assertThat(policy.change().address()).isEqualTo(new Address("control", 0));
            assertThat(policy.state().revision()).isEqualTo("100");
            assertThat(object(policy)).contains("action=ALLOW");
            assertThat(policy.uncertainty()).isEmpty();
        });
        assertThat(at(20)).hasSize(2);
        assertThat(at(20).getFirst().change().event().text(Field.OBJECT_NAME)).hasValue("orders");
        assertThat(object(at(20).getFirst())).contains("action=DENY");
    }

    @Test
    void whatWasDeletedIsNoLongerInForce() {
        control(
                AuditedChange.of("create", 10).answered(100, ALLOW),
                AuditedChange.of("delete", 20),
                AuditedChange.of("create", 30).answered(300, DENY));
        assertThat(at(19)).hasSize(1);
        assertThat(at(20)).isEmpty();
        assertThat(object(at(30).getFirst())).contains("action=DENY");
    }

    @Test
    void revisionsTellTheOrderWhereTimesDoNot() {
        control(
                AuditedChange.of("create", 10).answered(100, ALLOW),
                AuditedChange.of("update", 21).answered(200, ALLOW),
                AuditedChange.of("update", 20).answered(300, DENY));
        assertThat(at(30).getFirst().state().revision()).isEqualTo("300");
    }

    @Test
    void anObjectKnownInPartIsSaidSo() {
        control(AuditedChange.of("create", 10).answered(100, ALLOW), AuditedChange.of("update", 20));
        PoliciesInForce.Policy policy = at(30).getFirst();
        assertThat(policy.change().address()).isEqualTo(new Address("control", 1));
        assertThat(policy.state().basis()).isEqualTo(Basis.OLDER);
        assertThat(object(policy)).contains("action=ALLOW");
        assertThat(policy.uncertainty())
                .hasValue("the change was recorded without the object; shown is that of control/0");
    }

    @Test
    void anObjectThatWasNeverSeenIsListedAllTheSame() {
        control(AuditedChange.of("update", 20));
        PoliciesInForce.Policy policy = at(30).getFirst();
        assertThat(policy.state().basis()).isEqualTo(Basis.NONE);
        assertThat(policy.object()).isEmpty();
        assertThat(policy.uncertainty()).hasValue("the change was recorded without the object");
    }

    @Test
    void theDeletionOfACollectionTakesWhatItNamesAndCastsDoubtWhereItNamesNothing() {
        control(
                AuditedChange.of("create", 10).answered(100, ALLOW),
                AuditedChange.of("create", 11).named("other").answered(110, ALLOW.replace("}", "}")),
                AuditedChange.of("deletecollection", 20)
                        .named("")
                        .answering("{\"kind\":\"AuthorizationPolicyList\",\"items\":["
                                + AuditedChange.object(100, ALLOW) + "]}"));
        assertThat(at(20)).extracting(policy -> policy.state().key().name()).containsExactly("other");
        control(AuditedChange.of("deletecollection", 30).named(""));
        assertThat(at(30).getFirst().uncertainty().orElseThrow()).contains("deletion of a collection, control/3");
        assertThat(at(29).getFirst().uncertainty()).isEmpty();
    }

    @Test
    void clusterAndNamespaceNarrowIt() {
        AuditEvent east = AuditedChange.of("create", 10).answered(100, ALLOW).stored().toBuilder()
                .text(Field.CLUSTER, "east")
                .build();
        AuditEvent west = east.toBuilder().text(Field.CLUSTER, "west").build();
        index.add("control", List.of(east, west), true);
        assertThat(policies.at(time(30), Optional.of("east"), Optional.empty()).policies())
                .singleElement()
                .satisfies(policy -> assertThat(policy.change().address()).isEqualTo(new Address("control", 0)));
        assertThat(policies.at(time(30), Optional.empty(), Optional.of("bank")).policies())
                .isEmpty();
    }

    @Test
    void refusedChangesAndDryRunsAreNotInForce() {
        control(
                AuditedChange.of("create", 10).answered(100, ALLOW),
                AuditedChange.of("update", 20).coded(403).answered(200, DENY));
        assertThat(object(at(30).getFirst())).contains("action=ALLOW");
    }

    @Test
    void aBoundedWalkSaysWhatItLeftOut() {
        control(
                AuditedChange.of("create", 10).answered(100, ALLOW),
                AuditedChange.of("create", 11).named("b").answered(110, ALLOW),
                AuditedChange.of("create", 12).named("c").answered(120, ALLOW));
        PoliciesInForce.Answer answer =
                new PoliciesInForce(engine, objects, 2).at(time(30), Optional.empty(), Optional.empty());
        assertThat(answer.policies()).hasSize(2);
        assertThat(answer.coverage().complete()).isFalse();
        assertThat(answer.coverage().missing().getFirst()).contains("more than 2 changes");
        assertThat(answer.coverage().asOf()).containsEntry("control", 3L);
    }
}
