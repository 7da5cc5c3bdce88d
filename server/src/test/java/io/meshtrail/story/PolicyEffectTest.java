package io.meshtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.change.AuditedChange;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.embedded.EmbeddedQueryEngine;
import io.meshtrail.query.embedded.TableIndex;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyEffectTest {
    private static final long WINDOW = 60_000_000_000L;

    private final TableIndex index = new TableIndex();
    private final QueryEngine engine = new EmbeddedQueryEngine(index, () -> 0);
    private final PolicyEffect effect = new PolicyEffect(
            engine, new LedgerObjects(engine, new Payloads(hash -> Optional.empty()), () -> Long.MAX_VALUE));

    private static AuditEvent call(int second, String source, Outcome outcome) {
        long time = AuditedChange.START.plusSeconds(second).getEpochSecond() * 1_000_000_000L;
        return AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(outcome)
                .number(Field.TIME, time)
                .number(Field.RECEIVED, time)
                .text(Field.OBSERVER_SIDE, "server")
                .text(Field.SOURCE_IDENTITY, source)
                .text(Field.DESTINATION_IDENTITY, "orders")
                .text(Field.DESTINATION_WORKLOAD, "orders-7d9f")
                .text(Field.DESTINATION_NAMESPACE, "shop")
                .build();
    }

    private PolicyEffect.Answer answer(String spec) {
        index.add(
                "control",
                List.of(AuditedChange.of("update", 100).answered(10, spec).stored()),
                true);
        return effect.of(effect.change(new Address("control", 0)).orElseThrow(), WINDOW);
    }

    @Test
    void callersWhoseVerdictChangedComeFirst() {
        index.add(
                "traffic",
                List.of(
                        call(39, "web", Outcome.DENIED),
                        call(90, "web", Outcome.ALLOWED),
                        call(110, "web", Outcome.DENIED),
                        call(90, "job", Outcome.DENIED),
                        call(110, "job", Outcome.ALLOWED),
                        call(90, "eve", Outcome.DENIED),
                        call(110, "eve", Outcome.DENIED),
                        call(90, "gone", Outcome.DENIED),
                        call(90, "ops", Outcome.ALLOWED),
                        call(110, "ops", Outcome.FAILED),
                        call(160, "ops", Outcome.DENIED)),
                true);
        PolicyEffect.Answer answer = answer("{\"action\":\"ALLOW\"}");
        assertThat(answer.callers())
                .extracting(caller -> caller.source() + " " + caller.verdict().code())
                .containsExactly(
                        "web newly_denied", "job newly_allowed", "eve still_denied", "gone quiet", "ops unchanged");
        assertThat(answer.callers().getFirst().before()).isEqualTo(new PolicyEffect.Counts(1, 0, 0));
        assertThat(answer.callers().getFirst().after()).isEqualTo(new PolicyEffect.Counts(0, 1, 0));
        assertThat(answer.scope().query()).isEqualTo("destination.namespace:\"shop\"");
        assertThat(answer.coverage().complete()).isTrue();
    }

    @Test
    void aSelectorNarrowsToWorkloadsOfThatName() {
        index.add("traffic", List.of(call(90, "web", Outcome.ALLOWED)), true);
        assertThat(answer("{\"selector\":{\"matchLabels\":{\"app\":\"orders\"}}}")
                        .callers())
                .hasSize(1);
        assertThat(answerOf("{\"selector\":{\"matchLabels\":{\"app\":\"bank\"}}}", 1)
                        .callers())
                .isEmpty();
        PolicyEffect.Answer hostile = answerOf("{\"selector\":{\"matchLabels\":{\"app\":\"a\\\" OR *\"}}}", 2);
        assertThat(hostile.callers()).as("a label is no query").isEmpty();
    }

    private PolicyEffect.Answer answerOf(String spec, int leafIndex) {
        index.add(
                "control",
                List.of(AuditedChange.of("update", 100).answered(10, spec).stored()),
                true);
        return effect.of(effect.change(new Address("control", leafIndex)).orElseThrow(), WINDOW);
    }

    @Test
    void theDeletionOfAPolicyIsAboutWhatItSelected() {
        index.add(
                "control",
                List.of(
                        AuditedChange.of("create", 1)
                                .answered(10, "{\"selector\":{\"matchLabels\":{\"app\":\"orders\"}}}")
                                .stored(),
                        AuditedChange.of("delete", 100).stored()),
                true);
        PolicyEffect.Answer answer =
                effect.of(effect.change(new Address("control", 1)).orElseThrow(), WINDOW);
        assertThat(answer.scope().basis()).contains("app=orders");
    }
}
