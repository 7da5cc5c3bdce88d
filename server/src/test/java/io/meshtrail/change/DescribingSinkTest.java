package io.meshtrail.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribingSinkTest {
    private static final String ONE_RULE =
            "{\"action\":\"ALLOW\",\"rules\":[{\"from\":[{\"source\":{\"principals\":[\"c/ns/shop/sa/a\"]}}]}]}";
    private static final String TWO_PRINCIPALS =
            "{\"action\":\"ALLOW\",\"rules\":[{\"from\":[{\"source\":{\"principals\":[\"c/ns/shop/sa/a\",\"c/ns/shop/sa/web\"]}}]}]}";

    private final Ledger ledger = new Ledger();
    private boolean readable = true;
    private int asked;
    private DescribingSink sink = sink();

    private DescribingSink sink() {
        return new DescribingSink(ledger, this::past, Runnable::run);
    }

    /// A ledger in memory, and what it has of an object.
    private static final class Ledger implements EventSink {
        final List<AuditEvent> events = new ArrayList<>();
        boolean full;

        @Override
        public CompletableFuture<Answer> append(List<Submission> submissions) {
            if (full) {
                return CompletableFuture.completedFuture(new Pushback("full", Duration.ofSeconds(1)));
            }
            List<Placement> placements = new ArrayList<>();
            for (Submission each : submissions) {
                placements.add(new Placement(new Address("control", events.size()), false));
                events.add(each.event());
            }
            return CompletableFuture.completedFuture(new Receipt(placements));
        }

        AuditEvent last() {
            return events.getLast();
        }
    }

    private PastObjects.Past past(ObjectKey key, long until) {
        asked++;
        List<KnownState> states = new ArrayList<>();
        for (int i = 0; readable && i < ledger.events.size(); i++) {
            AuditEvent event = ledger.events.get(i);
            for (ObjectState state : ObjectStates.of(event, ObjectStates.record(event.text(Field.RAW)))) {
                if (state.key().equals(key) && state.time() <= until) {
                    states.add(new KnownState(state, Optional.of(new Address("control", i))));
                }
            }
        }
        return new PastObjects.Past(states, readable);
    }

    private AuditEvent append(AuditedChange... changes) {
        List<Submission> submissions = new ArrayList<>();
        for (AuditedChange each : changes) {
            submissions.add(new Submission(each.event(), "kube", null));
        }
        sink.append(submissions).join();
        return ledger.last();
    }

    private static String diff(AuditEvent event) {
        return event.text(Field.CHANGE_DIFF).orElse("");
    }

    private static String summary(AuditEvent event) {
        return event.text(Field.CHANGE_SUMMARY).orElse("");
    }

    private static String basis(AuditEvent event) {
        return event.attributes().getOrDefault("change.basis", "");
    }

    @Test
    void aChangeIsComparedWithTheLastKnownObjectAndSaysWithWhich() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        AuditEvent changed = append(AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS));
        assertThat(diff(changed))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/spec/rules/0/from/0/source/principals/1\","
                        + "\"value\":\"c/ns/shop/sa/web\"}]");
        assertThat(summary(changed))
                .isEqualTo("dana@corp.example updated AuthorizationPolicy shop/orders\n"
                        + "rule 1: principal c/ns/shop/sa/web added");
        assertThat(basis(changed)).isEqualTo("last_known");
        assertThat(changed.attributes())
                .containsEntry("change.base", "control/0")
                .containsEntry("change.base_revision", "10");
    }

    @Test
    void aCreationShowsTheWholeObjectAndAsksNobody() {
        AuditEvent created = append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        assertThat(diff(created))
                .startsWith("[{\"op\":\"add\",\"path\":\"\",\"value\":{\"kind\":\"AuthorizationPolicy\"");
        assertThat(diff(created)).doesNotContain("managedFields", "resourceVersion", "\"status\"");
        assertThat(summary(created)).contains("\naction set to ALLOW\nrule 1 added: ");
        assertThat(basis(created)).isEqualTo("created");
        assertThat(asked).isZero();
    }

    @Test
    void anApplyThatCreatesIsACreation() {
        AuditEvent applied = append(AuditedChange.of("patch", 1).coded(201).answered(10, ONE_RULE));
        assertThat(basis(applied)).isEqualTo("created");
    }

    @Test
    void aDeletionCarriesTheLastObject() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        AuditEvent deleted = append(AuditedChange.of("delete", 2));
        assertThat(diff(deleted))
                .startsWith("[{\"op\":\"test\",\"path\":\"\",\"value\":{")
                .contains("\"action\":\"ALLOW\"")
                .endsWith(",{\"op\":\"remove\",\"path\":\"\"}]");
        AuditEvent again = append(AuditedChange.of("patch", 3).answered(30, ONE_RULE));
        assertThat(basis(again)).as("what comes after a deletion is new").isEqualTo("created");
    }

    @Test
    void aFinalizerKeepsTheObjectUntilItIsTakenAway() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        String marked = AuditedChange.object(20, ONE_RULE)
                .replace("\"uid\"", "\"deletionTimestamp\":\"2026-11-24T10:00:02Z\",\"finalizers\":[\"a/b\"],\"uid\"");
        AuditEvent deleted = append(new AuditedChange(
                "delete", 200, "orders", "authorizationpolicies", "security.istio.io", 2, "", marked));
        assertThat(summary(deleted)).contains("finalizer a/b added");
        AuditEvent gone = append(new AuditedChange(
                "patch",
                200,
                "orders",
                "authorizationpolicies",
                "security.istio.io",
                3,
                "",
                marked.replace("\"finalizers\":[\"a/b\"],", "").replace("\"20\"", "\"21\"")));
        assertThat(diff(gone)).endsWith("{\"op\":\"remove\",\"path\":\"\"}]");
    }

    @Test
    void aWriteThatLeftTheObjectAsItWasIsNoChange() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        AuditEvent same = append(AuditedChange.of("update", 2).answered(10, ONE_RULE));
        assertThat(same.text(Field.OUTCOME)).hasValue("allowed");
        assertThat(same.text(Field.REASON)).hasValue("no_change");
        assertThat(summary(same)).endsWith("which left it as it was");
    }

    @Test
    void theSameRecordToldTwiceIsNotTakenForAWriteWithoutChange() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        AuditedChange change = AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS);
        append(change);
        AuditEvent repeated = append(change);
        assertThat(repeated.text(Field.OUTCOME)).hasValue("changed");
        assertThat(diff(repeated)).contains("c/ns/shop/sa/web");
    }

    @Test
    void aChangeThatArrivesLateIsComparedWithWhatWasBeforeIt() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        append(AuditedChange.of("update", 3).answered(30, "{\"action\":\"DENY\"}"));
        AuditEvent late = append(AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS));
        assertThat(late.attributes()).containsEntry("change.base_revision", "10");
        AuditEvent next = append(AuditedChange.of("update", 4).answered(40, "{\"action\":\"DENY\"}"));
        assertThat(next.attributes()).containsEntry("change.base_revision", "30");
        assertThat(diff(next)).isEqualTo("[]");
        assertThat(summary(next)).endsWith("only what the server keeps for itself changed");
    }

    @Test
    void changesOfOneBatchAreComparedInTheOrderInWhichTheyWereMade() {
        append(
                AuditedChange.of("update", 3).answered(30, "{\"action\":\"DENY\"}"),
                AuditedChange.of("create", 1).answered(10, ONE_RULE),
                AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS));
        assertThat(ledger.events.get(0).attributes()).containsEntry("change.base_revision", "20");
        assertThat(ledger.events.get(2).attributes()).containsEntry("change.base_revision", "10");
    }

    @Test
    void aBatchThatWasRefusedLeavesNothingBehind() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        ledger.full = true;
        append(AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS));
        ledger.full = false;
        AuditEvent retried = append(AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS));
        assertThat(retried.attributes()).containsEntry("change.base_revision", "10");
    }

    @Test
    void aNewServerAsksTheLedger() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        sink = sink();
        AuditEvent changed = append(AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS));
        assertThat(basis(changed)).isEqualTo("last_known");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void whatIsForgottenIsAskedForAgain() {
        sink = new DescribingSink(ledger, new KnownObjects(this::past, 1_000), Runnable::run);
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        append(AuditedChange.of("create", 1).named("other").answered(10, ONE_RULE));
        AuditEvent changed = append(AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS));
        assertThat(basis(changed)).isEqualTo("last_known");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void withoutTheObjectBeforeThePatchThatWasSentIsTheDifference() {
        AuditEvent patched = append(AuditedChange.of("patch", 2)
                .sent("{\"spec\":{\"action\":\"DENY\",\"rules\":null}}")
                .answered(20, "{\"action\":\"DENY\"}"));
        assertThat(basis(patched)).isEqualTo("request_patch");
        assertThat(diff(patched))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/spec/action\",\"value\":\"DENY\"},"
                        + "{\"op\":\"remove\",\"path\":\"/spec/rules\"}]");
    }

    @Test
    void anObjectThatNobodyKnowsHasNoDifference() {
        AuditEvent updated = append(AuditedChange.of("update", 2).answered(20, ONE_RULE));
        assertThat(basis(updated)).isEqualTo("unknown");
        assertThat(updated.has(Field.CHANGE_DIFF)).isFalse();
    }

    @Test
    void aLedgerThatCannotBeReadIsNotTakenForAnEmptyOne() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        sink = sink();
        readable = false;
        assertThat(basis(append(AuditedChange.of("update", 2).answered(20, TWO_PRINCIPALS))))
                .isEqualTo("unreadable");
        readable = true;
        assertThat(basis(append(AuditedChange.of("update", 3).answered(30, ONE_RULE))))
                .as("nothing was remembered of it but the change itself")
                .isEqualTo("last_known");
    }

    @Test
    void aChangeThatWasSeenWithoutItsObjectMakesTheNextOneComparedWithAnOlderOne() {
        append(AuditedChange.of("create", 1).answered(10, ONE_RULE));
        append(AuditedChange.of("update", 2));
        AuditEvent changed = append(AuditedChange.of("update", 3).answered(30, TWO_PRINCIPALS));
        assertThat(basis(changed)).isEqualTo("older_known");
        assertThat(changed.attributes()).containsEntry("change.base", "control/0");
    }

    @Test
    void contentsOfASecretAreInNoDifference() {
        String secret = """
                {"kind":"Secret","apiVersion":"v1","metadata":{"name":"db","namespace":"shop","resourceVersion":"%d",\
                "annotations":{"kubectl.kubernetes.io/last-applied-configuration":\
                "{\\"kind\\":\\"Secret\\",\\"data\\":{\\"p\\":\\"aHVudGVyMg==\\"}}"}},\
                "data":{"p":"%s"%s},"stringData":{"q":"hunter2"}}""";
        append(new AuditedChange("create", 201, "db", "secrets", "", 1, "", secret.formatted(10, "aHVudGVyMg==", "")));
        AuditEvent changed = append(new AuditedChange(
                "patch",
                200,
                "db",
                "secrets",
                "",
                2,
                "[{\"op\":\"replace\",\"path\":\"/data/p\",\"value\":\"aHVudGVyMw==\"}]",
                secret.formatted(20, "aHVudGVyMw==", ",\"new\":\"aHVudGVyMg==\"")));
        assertThat(summary(changed)).contains("key p written; values are not kept", "data.new set to");
        for (AuditEvent each : ledger.events) {
            assertThat(each.toString()).doesNotContain("aHVudGVyM", "hunter2");
        }
    }

    /// Each writes `aHVudGVyMg==` into a Secret in a shape of its own.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"p\":\"aHVudGVyMg==\"}}",
                "{\"stringData\":{\"p\":\"aHVudGVyMg==\"},\"data\":null}",
                "{\"kind\":\"secret\",\"apiVersion\":\"v1\",\"DATA\":{\"p\":{\"q\":[\"aHVudGVyMg==\"]}}}",
                "{\"$setElementOrder/x\":[],\"data\":{\"p\":\"aHVudGVyMg==\"}}",
                "[{\"op\":\"add\",\"path\":\"/data/p\",\"value\":\"aHVudGVyMg==\"}]",
                "[{\"op\":\"test\",\"path\":\"/data\",\"value\":{\"p\":\"aHVudGVyMg==\"}}]",
                "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"kind\":\"Pod\",\"data\":{\"p\":\"aHVudGVyMg==\"}}}]",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
                        + "\"{data: {p: aHVudGVyMg==}}\"}}}",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
                        + "\"{\\\"data\\\":{\\\"p\\\":\\\"aHVudGVyMg==\\\"}}\"}}}"
            })
    void noShapeOfASecretLeavesItsContentsInADifference(String body) {
        String before = "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"db\","
                + "\"namespace\":\"shop\",\"resourceVersion\":\"10\"},\"data\":{\"old\":\"aHVudGVyMg==\"}}";
        append(new AuditedChange("create", 201, "db", "secrets", "", 1, before, before));
        append(new AuditedChange("patch", 200, "db", "secrets", "", 2, body, ""));
        append(new AuditedChange(
                "patch",
                200,
                "db",
                "secrets",
                "",
                3,
                body,
                before.replace("10", "30").replace("old", "new")));
        append(new AuditedChange("delete", 200, "db", "secrets", "", 4, "", ""));
        append(new AuditedChange("patch", 200, "other", "secrets", "", 5, body, before.replace("10", "50")));
        assertThat(ledger.events).hasSize(5);
        for (AuditEvent each : ledger.events) {
            assertThat(each.toString()).doesNotContain("aHVudGVyM");
        }
    }

    @Test
    void whatIsNoChangePassesUntouched() {
        AuditEvent denied = append(AuditedChange.of("update", 2).coded(403));
        assertThat(denied).isEqualTo(AuditedChange.of("update", 2).coded(403).event());
        assertThat(asked).isZero();
    }
}
