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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Changes policies by the script, one every interval: first in the proxies, then told.
public final class PolicyTimeline implements Runnable {
    private final PolicyBook book;
    private final AuditSink audit;
    private final Tally tally;
    private final Duration interval;
    private final Map<String, Instant> created = new HashMap<>();

    private Case denial = Case.REPORT_DENIED_NO_POLICY_MATCHED;
    private Optional<Pending> pending = Optional.empty();

    /// A change, by its place in the tally, and its audit event.
    record Told(int change, AuditEvent event) {}

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
        // One after the other and beside the script: a Meshtrail that is slow or away must not hold up the
        // changes.
        ExecutorService teller =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        for (String cluster : List.of("east", "west")) {
            List<Policy> policies = book.all().stream()
                    .filter(policy -> policy.target().cluster().equals(cluster))
                    .toList();
            AuditEvent applied = AuditEvent.applied(cluster, policies, start);
            teller.execute(() -> audit.accept(applied));
        }
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            try {
                Thread.sleep(interval);
                Told told = play(PolicyChange.SCRIPT.get(i % PolicyChange.SCRIPT.size()));
                teller.execute(() -> tell(told));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                System.err.println("a policy file could not be written: " + e);
            }
        }
        finish(teller);
    }

    /// Gives what is still to be told a few seconds.
    private static void finish(ExecutorService teller) {
        boolean interrupted = Thread.interrupted();
        teller.shutdown();
        try {
            if (!teller.awaitTermination(3, TimeUnit.SECONDS)) {
                System.err.println(teller.shutdownNow().size() + " policy changes remain untold");
            }
        } catch (InterruptedException e) {
            teller.shutdownNow();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Told told) {
        if (audit.accept(told.event())) {
            tally.told(told.change());
        }
    }

    /// Makes a change in the proxies.
    ///
    /// @return what is to be told of it
    Told play(PolicyChange change) throws IOException {
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
        return new Told(place, event);
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
