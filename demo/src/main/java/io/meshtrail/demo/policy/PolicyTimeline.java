package io.meshtrail.demo.policy;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Tally;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes policies by the script, one every interval: first in the proxies, then told.
public final class PolicyTimeline implements Runnable {
    private final PolicyBook book;
    private final AuditSink audit;
    private final Tally tally;
    private final Duration interval;
    private final Map<String, Instant> created = new HashMap<>();

    private Case denial = Case.REPORT_DENIED_NO_POLICY_MATCHED;
    private Optional<Pending> pending = Optional.empty();

    private record Pending(int change, Case reports, long renamedNanos) {}

    public PolicyTimeline(PolicyBook book, AuditSink audit, Tally tally, Duration interval) {
        this.book = book;
        this.audit = audit;
        this.tally = tally;
        this.interval = interval;
    }

    /// Plays until interrupted.
    @Override
    public void run() {
        Instant start = Instant.now();
        for (Policy policy : book.all()) {
            created.put(policy.fullName(), start);
        }
        for (String cluster : List.of("east", "west")) {
            List<Policy> policies = book.all().stream()
                    .filter(policy -> policy.target().cluster().equals(cluster))
                    .toList();
            audit.accept(AuditEvent.applied(cluster, policies, start));
        }
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            try {
                Thread.sleep(interval);
                play(PolicyChange.SCRIPT.get(i % PolicyChange.SCRIPT.size()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                System.err.println("a policy file could not be written: " + e);
            }
        }
    }

    void play(PolicyChange change) throws IOException {
        Instant now = Instant.now();
        String name = change.policy().fullName();
        if (change.before().isEmpty()) {
            created.put(name, now);
        }
        AuditEvent event = AuditEvent.of(change, created.getOrDefault(name, now), now);
        int place = tally.changed(new Tally.Change(
                now,
                change.author().user(),
                change.verb(),
                name,
                event.cluster(),
                event.auditId(),
                false,
                Optional.empty()));
        synchronized (this) {
            // From here on a refusal of `reports` is this change's doing.
            if (change.reports() != Case.REPORT_ALLOWED) {
                denial = change.reports();
            }
            pending = Optional.of(new Pending(place, change.reports(), System.nanoTime()));
            if (change.after().isPresent()) {
                book.put(change.after().get());
            } else {
                book.remove(change.policy());
            }
        }
        if (audit.accept(event)) {
            tally.told(place);
        }
    }

    /// What a call of `reports` turned out to be, told by its caller.
    ///
    /// @param allowed the answer's status was 200, not 403
    public synchronized Case reported(boolean allowed) {
        Case seen = allowed ? Case.REPORT_ALLOWED : denial;
        pending.filter(waiting -> waiting.reports() == seen).ifPresent(waiting -> {
            tally.effective(waiting.change(), Duration.ofNanos(System.nanoTime() - waiting.renamedNanos()));
            pending = Optional.empty();
        });
        return seen;
    }
}
