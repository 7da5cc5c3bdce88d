package io.meshtrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.RemoteLedger;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a round over all ledgers believes, and what it alarms about.
class MonitorRoundTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final String ROOT_ENTRY = "{\"received\":\"2026-01-02T03:04:05.000000000Z\",\"v\":1}";

    private final HttpClient client = RemoteLedger.client();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private StagedLedgers served;
    private CheckpointCheck trust;
    private Memory memory;

    @BeforeEach
    void open() throws Exception {
        served = new StagedLedgers();
        trust = new CheckpointCheck(
                List.of(
                        StagedLedgers.key("root").verifierKey(),
                        StagedLedgers.key("security").verifierKey(),
                        StagedLedgers.key("traffic").verifierKey()),
                TlogPolicy.NONE);
        memory = Memory.open(Optional.empty(), trust);
        served.show("root", List.of(ROOT_ENTRY));
        served.show("traffic", List.of("t"));
    }

    @AfterEach
    void close() {
        served.close();
        client.shutdownNow();
    }

    private boolean look(URI url, Instant now) throws Exception {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new MonitorRound(
                        url,
                        client,
                        trust,
                        memory,
                        Clock.fixed(now, ZoneOffset.UTC),
                        new PrintWriter(out),
                        new PrintWriter(err))
                .look();
    }

    private boolean look() throws Exception {
        return look(served.url(), START);
    }

    /// The alarms of the last look, as kind and ledger.
    private List<String> alarms() {
        return out.toString()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(line -> line.has("alarm"))
                .map(line -> line.path("alarm").asString() + " "
                        + line.path("ledger").asString().replaceFirst(".*/", ""))
                .toList();
    }

    private SignedNote believed() {
        return memory.note("log.example/security").orElseThrow();
    }

    @Test
    void aLedgerThatGrowsIsBelievedAndItsNewEntriesCounted() throws Exception {
        served.show("security", List.of("a", "b"));
        assertThat(look()).isTrue();
        SignedNote grown = served.show("security", List.of("a", "b", "c"));
        assertThat(look()).isTrue();
        assertThat(believed()).isEqualTo(grown);
        assertThat(err.toString()).isEmpty();
        JsonNode line = out.toString()
                .lines()
                .map(each -> JsonMapper.shared().readTree(each))
                .filter(each -> each.path("ledger").asString().endsWith("/security"))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("size").asLong()).isEqualTo(3);
        assertThat(line.path("new").asLong()).isEqualTo(1);
    }

    @Test
    void aRollbackIsAnAlarmAgainAndAgainSinceTheLastGoodCheckpointStaysBelieved() throws Exception {
        SignedNote good = served.show("security", List.of("a", "b"));
        assertThat(look()).isTrue();
        SignedNote shown = served.show("security", List.of("a"));
        for (int i = 0; i < 2; i++) {
            assertThat(look()).isFalse();
            assertThat(alarms()).containsExactly("ROLLBACK security");
            assertThat(believed()).isEqualTo(good);
            // The note that shows it is the evidence.
            assertThat(out.toString()).contains(JsonMapper.shared().writeValueAsString(shown.print()));
        }
        served.show("security", List.of("a", "b"));
        assertThat(look()).isTrue();
    }

    @Test
    void aForkIsAnAlarmAtTheSameSizeAndAtAGreaterOne() throws Exception {
        SignedNote good = served.show("security", List.of("a", "b"));
        assertThat(look()).isTrue();
        for (List<String> other : List.of(List.of("a", "B"), List.of("A", "b", "c"))) {
            served.show("security", other);
            assertThat(look()).isFalse();
            assertThat(alarms()).containsExactly("FORK security");
            assertThat(err.toString()).startsWith("ALARM FORK, ");
            assertThat(believed()).isEqualTo(good);
        }
    }

    @Test
    void rootThatStandsStillForMoreThanThreeMinutesIsAnAlarm() throws Exception {
        assertThat(look(served.url(), START.plusSeconds(180))).isTrue();
        assertThat(look(served.url(), START.plusSeconds(181))).isFalse();
        assertThat(alarms()).containsExactly("SILENCE root");
        served.show("root", List.of(ROOT_ENTRY, ROOT_ENTRY.replace("03:04:05", "03:07:00")));
        assertThat(look(served.url(), START.plusSeconds(181))).isTrue();
    }

    @Test
    void aRememberedLedgerThatIsServedNoLongerIsAnAlarm() throws Exception {
        served.show("security", List.of("a"));
        assertThat(look()).isTrue();
        served.remove("security");
        assertThat(look()).isFalse();
        assertThat(alarms()).containsExactly("ROLLBACK security");
    }

    @Test
    void oneLedgerIsFollowedAloneAlthoughTheMemoryHoldsOthers() throws Exception {
        served.show("security", List.of("a"));
        assertThat(look()).isTrue();
        for (String prefix : List.of("/ledger/security", "/ledger/security/")) {
            assertThat(look(URI.create(served.url() + prefix), START.plusSeconds(999)))
                    .isTrue();
            assertThat(alarms()).isEmpty();
        }
        assertThat(memory.origins())
                .containsExactlyInAnyOrder("log.example/root", "log.example/security", "log.example/traffic");
    }
}
