package io.meshtrail.watch.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.change.DescribingSink;
import io.meshtrail.change.PastObjects;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsulWatchTest {
    private static final String INTENTIONS = "/v1/config/service-intentions";
    private static final String ALLOW =
            "\"Kind\":\"service-intentions\",\"Sources\":[{\"Name\":\"web\",\"Action\":\"allow\"}]";
    private static final String DENY =
            "\"Kind\":\"service-intentions\",\"Sources\":[{\"Name\":\"web\",\"Action\":\"deny\"}]";

    private final List<AuditEvent> ledger = new ArrayList<>();
    private boolean full;
    private Optional<List<ConsulWatch.PastObject>> past = Optional.of(List.of());
    private FakeConsul consul;
    private ConsulWatch watch;

    /// A machine whose time is ahead of every pause.
    private static final class Hurried implements Host {
        private long elapsed;

        @Override
        public long now() {
            return 1_795_000_000_000_000_000L + elapsed;
        }

        @Override
        public long elapsed() {
            elapsed += Duration.ofMinutes(2).toNanos();
            return elapsed;
        }

        @Override
        public Disk disk() {
            throw new IllegalStateException("the watch has no files");
        }

        @Override
        public SecureRandom random() {
            throw new IllegalStateException("the watch needs no chance");
        }

        @Override
        public StationThread run(String name, Station station, Consumer<Throwable> onFailure) {
            throw new IllegalStateException("the test makes the steps itself");
        }

        @Override
        public void execute(Runnable task) {
            throw new IllegalStateException("the watch starts no tasks");
        }
    }

    @BeforeEach
    void start() throws Exception {
        consul = new FakeConsul();
        EventSink sink =
                new DescribingSink(this::append, (key, until) -> new PastObjects.Past(List.of(), true), Runnable::run);
        watch = new ConsulWatch(
                new Hurried(),
                new HttpConsulApi(consul.address(), Optional.of("our-token"), Duration.ofMinutes(5)),
                sink,
                () -> past,
                "dc1",
                "consul:8500");
    }

    @AfterEach
    void stop() {
        consul.close();
    }

    private CompletableFuture<EventSink.Answer> append(List<Submission> submissions) {
        if (full) {
            return CompletableFuture.completedFuture(new Pushback("full", Duration.ofSeconds(1)));
        }
        List<Placement> placements = new ArrayList<>();
        for (Submission each : submissions) {
            placements.add(new Placement(new Address("control", ledger.size()), false));
            ledger.add(each.event());
        }
        return CompletableFuture.completedFuture(new Receipt(placements));
    }

    /// Makes steps until something is so; the test's own time-out ends it otherwise.
    private void until(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            watch.advance();
            Thread.onSpinWait();
        }
    }

    private String last(Field field) {
        return ledger.getLast().text(field).orElse("");
    }

    @Test
    void aChangedIntentionIsAnEventWithItsDifference() throws Exception {
        consul.put(INTENTIONS, "db", ALLOW);
        until(() -> ledger.size() == 1);
        assertThat(last(Field.CHANGE_VERB)).isEqualTo("observe");
        assertThat(last(Field.CHANGE_SUMMARY))
                .startsWith("service-intentions db was there when Consul was first asked");
        assertThat(ledger.getLast().attributes()).containsEntry("change.basis", "first_seen");

        consul.put(INTENTIONS, "db", DENY);
        until(() -> ledger.size() == 2);
        assertThat(last(Field.CHANGE_SUMMARY))
                .isEqualTo("service-intentions db was updated, Consul does not tell by whom\n"
                        + "Source web: Action changed from allow to deny");
        assertThat(last(Field.CHANGE_DIFF))
                .isEqualTo("[{\"op\":\"test\",\"path\":\"/Sources/0/Action\",\"value\":\"allow\"},"
                        + "{\"op\":\"replace\",\"path\":\"/Sources/0/Action\",\"value\":\"deny\"}]");
        assertThat(last(Field.OBJECT_REVISION)).isEqualTo("21");
        assertThat(last(Field.CLUSTER)).isEqualTo("dc1");
        assertThat(ledger.getLast().has(Field.USER_ID)).isFalse();
        assertThat(ledger.getLast().attributes()).containsKey("not_before");

        consul.remove(INTENTIONS, "db");
        until(() -> ledger.size() == 3);
        assertThat(last(Field.CHANGE_VERB)).isEqualTo("delete");
        assertThat(last(Field.CHANGE_DIFF))
                .contains("\"Action\":\"deny\"")
                .endsWith("{\"op\":\"remove\",\"path\":\"\"}]");
        assertThat(consul.tokens()).containsOnly("our-token");
    }

    @Test
    void nothingIsAskedBeforeTheLedgerIsKnown() throws Exception {
        past = Optional.empty();
        consul.put(INTENTIONS, "db", ALLOW);
        for (int i = 0; i < 20; i++) {
            watch.advance();
        }
        assertThat(consul.tokens()).isEmpty();
    }

    @Test
    void whatTheLedgerRefusesIsWrittenLater() throws Exception {
        full = true;
        consul.put(INTENTIONS, "db", ALLOW);
        until(() -> consul.tokens().size() > Watchable.all().size());
        full = false;
        until(() -> ledger.size() == 1);
        assertThat(last(Field.OBJECT_NAME)).isEqualTo("db");
    }

    @Test
    void entriesHiddenFromOurTokenAreAGapAndNoDeletion() throws Exception {
        consul.put(INTENTIONS, "db", ALLOW);
        until(() -> ledger.size() == 1);
        consul.behave(true, true, 200);
        until(() -> ledger.size() == 1 + Watchable.all().size());
        assertThat(ledger.subList(1, ledger.size()))
                .allSatisfy(event -> assertThat(event.text(Field.KIND)).hasValue("gap"));
        assertThat(last(Field.DETAIL)).contains("hidden from our token");
        consul.remove(INTENTIONS, "db");
        consul.put(INTENTIONS, "web", ALLOW);
        until(() -> last(Field.OBJECT_NAME).equals("web"));
        assertThat(ledger)
                .noneMatch(event ->
                        event.text(Field.CHANGE_VERB).filter("delete"::equals).isPresent());
    }

    @Test
    void secretsOfTokensAreNowhere() throws Exception {
        consul.put(
                "/v1/acl/tokens",
                "ci",
                "\"AccessorID\":\"6a1253d2\",\"SecretID\":\"0bb8c8f4-aaaa-bbbb-cccc-1234567890ab\",\"Description\":\"d\"");
        until(() -> ledger.size() == 1);
        assertThat(last(Field.OBJECT_NAME)).isEqualTo("6a1253d2");
        assertThat(ledger.getLast().toString()).doesNotContain("0bb8c8f4");
    }

    @Test
    void aRefusalIsToldOnce() throws Exception {
        consul.behave(false, true, 403);
        until(() -> ledger.size() == Watchable.all().size());
        for (int i = 0; i < 200; i++) {
            watch.advance();
        }
        assertThat(ledger).hasSize(Watchable.all().size());
        assertThat(last(Field.DETAIL)).contains("our token may not read it");
    }
}
