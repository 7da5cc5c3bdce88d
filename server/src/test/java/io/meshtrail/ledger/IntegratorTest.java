package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegratorTest {
    @TempDir
    private Path folder;

    @Test
    void afterAStartFollowersSeeTheJournalAndThenWhatIsNew() throws Exception {
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            for (int i = 0; i < 5_000; i += 10) {
                AuditEvent[] events = new AuditEvent[10];
                for (int k = 0; k < 10; k++) {
                    events[k] = LedgerFixture.request(i + k, Outcome.ALLOWED);
                }
                ledgers.send(events);
            }
            ledgers.settle();
        }
        List<AuditEvent> seen = new ArrayList<>();
        Follower follower = (ledger, first, events) -> {
            assertThat(ledger).isEqualTo("traffic");
            assertThat(first).isEqualTo(seen.size());
            seen.addAll(events);
        };
        try (SteppedLedgers ledgers =
                new SteppedLedgers(folder, RefusingDisk.sound(), SteppedLedgers.JOURNAL_CAP, List.of(follower))) {
            Integrator integrator = ledgers.set.integrator();
            assertThat(integrator.isReplaying()).isTrue();
            assertThat(integrator.isIdle()).isFalse();
            ledgers.send(LedgerFixture.request(5_000, Outcome.ALLOWED));
            ledgers.settle();
            assertThat(integrator.isReplaying()).isFalse();
            assertThat(integrator.isIdle()).isTrue();
            assertThat(seen).hasSize(5_001);
            assertThat(EventCodec.encode(seen.get(5_000)).bytes())
                    .isEqualTo(ledgers.set.named("traffic").orElseThrow().entry(5_000));
        }
    }
}
