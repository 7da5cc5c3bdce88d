package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.VerifierKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What follows from `root` about what must be kept: holds, approvers, terms, and what was pruned. Nothing else
/// is asked and nothing is stored: it is read from the entries at every start, and follows them from then on.
///
/// One thread brings entries in order, any thread asks.
public final class RetentionHistory implements Follower {
    /// The actions that matter here.
    public static final List<String> ACTIONS =
            List.of("open", "retention", "terms", "hold", "lift", "approvers", "prune", "seal", "merge");

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final HoldRegister holds = new HoldRegister();
    private final TermsOnRecord terms = new TermsOnRecord();
    private final Map<String, TreeMap<Long, Pruning>> prunings = new HashMap<>();
    private final Map<String, Sealing> seals = new HashMap<>();
    private final List<Contradiction> contradictions = new ArrayList<>();
    private long next;
    private long version;

    /// What the last `seal` or `merge` of a range says.
    private record Sealing(String root, String sha256) {}

    /// An entry of `root` that says what must not be.
    ///
    /// @param ledger which it concerns
    /// @param from the first entry concerned
    /// @param to one more than the last
    public record Contradiction(String ledger, long from, long to, long rootIndex, String words) {}

    /// Reads what `root` has by now, before anything follows.
    public void of(List<Read> entries, long size) {
        lock.lock();
        try {
            for (Read read : entries) {
                apply(read.leafIndex(), read.event());
            }
            next = Math.max(next, size);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// An entry of `root`.
    public record Read(long leafIndex, AuditEvent event) {}

    @Override
    public void integrated(String ledger, long first, List<AuditEvent> events) {
        if (!ledger.equals(LedgerSettings.ROOT)) {
            return;
        }
        lock.lock();
        try {
            for (int i = 0; i < events.size(); i++) {
                if (first + i >= next) {
                    apply(first + i, events.get(i));
                }
            }
            next = Math.max(next, first + events.size());
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void apply(long rootIndex, AuditEvent event) {
        String action = event.text(Field.ACTION).orElse("");
        Map<String, String> says = event.attributes();
        try {
            switch (action) {
                case "open", "retention", "terms" -> terms.apply(says);
                case "seal", "merge" ->
                    seals.put(
                            range(
                                    says.getOrDefault("ledger", ""),
                                    says.getOrDefault("from", ""),
                                    says.getOrDefault("to", "")),
                            new Sealing(says.getOrDefault("root", ""), says.getOrDefault("sha256", "")));
                case "prune" -> prune(Pruning.of(rootIndex, event));
                case "hold", "lift", "approvers" -> {
                    holds.apply(action, rootIndex, event);
                    version++;
                }
                default -> {
                    // nothing about what is kept
                }
            }
        } catch (MalformedException | IllegalArgumentException wrong) {
            contradictions.add(new Contradiction(
                    says.getOrDefault("ledger", LedgerSettings.ROOT),
                    0,
                    0,
                    rootIndex,
                    "the entry '" + action + "': " + wrong.getMessage()));
        }
    }

    private static String range(Object ledger, Object from, Object to) {
        return ledger + "/" + from + "/" + to;
    }

    private void prune(Pruning pruning) {
        prunings.computeIfAbsent(pruning.ledger(), name -> new TreeMap<>()).put(pruning.from(), pruning);
        holds.over(pruning.ledger(), pruning.from(), pruning.to())
                .ifPresent(hold -> contradict(
                        pruning,
                        "although hold " + hold.id() + " of case " + hold.caseName() + " (root/" + hold.rootIndex()
                                + ") keeps them"));
        Duration term = terms.current(pruning.ledger()).orElse(pruning.term());
        if (pruning.at() - pruning.received() < Math.min(nanos(term), nanos(pruning.term()))
                || pruning.term().compareTo(term) < 0) {
            contradict(
                    pruning,
                    "too early: the youngest entry was received " + Duration.ofNanos(pruning.at() - pruning.received())
                            + " before, the term is " + term);
        }
        Sealing sealing = seals.get(range(pruning.ledger(), pruning.from(), pruning.to()));
        if (sealing == null
                || !sealing.root().equals(pruning.root())
                || !sealing.sha256().equals(pruning.sha256())) {
            contradict(pruning, "but it is not the segment that was sealed there");
        }
    }

    private void contradict(Pruning pruning, String words) {
        contradictions.add(new Contradiction(
                pruning.ledger(),
                pruning.from(),
                pruning.to(),
                pruning.rootIndex(),
                "entries " + pruning.from() + " to " + (pruning.to() - 1) + " were to be pruned " + words));
    }

    /// A term in nanoseconds, cut to what a number holds (292 years).
    public static long nanos(Duration term) {
        return term.toSeconds() >= Long.MAX_VALUE / 1_000_000_000L ? Long.MAX_VALUE : term.toNanos();
    }

    /// Waits until an entry has been read.
    ///
    /// @return whether it has, within half a minute
    public boolean awaits(long rootIndex) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = LONGEST_WAIT.toNanos();
            while (next <= rootIndex && left > 0) {
                left = grown.awaitNanos(left);
            }
            return next > rootIndex;
        } finally {
            lock.unlock();
        }
    }

    /// Changes whenever holds may have changed.
    public long holdsVersion() {
        return locked(() -> version);
    }

    /// The holds in force, oldest first.
    public List<Hold> holds() {
        return locked(holds::active);
    }

    public Optional<Hold> hold(String id) {
        return locked(() -> holds.named(id));
    }

    /// Who can lift holds.
    public List<VerifierKey> approvers() {
        return locked(holds::approvers);
    }

    /// The term of a ledger that was last put on record.
    public Optional<Duration> term(String ledger) {
        return locked(() -> terms.current(ledger));
    }

    /// The longest that was ever on record.
    public Optional<Duration> longestTerm(String ledger) {
        return locked(() -> terms.longest(ledger));
    }

    /// The classes of events on record, by name.
    public Map<String, ClassOnRecord> classes() {
        return locked(terms::classes);
    }

    public boolean isCompliance() {
        return locked(terms::isCompliance);
    }

    /// What `root` says was pruned of a ledger, in order; the last may still be to come.
    public List<Pruning> prunings(String ledger) {
        return locked(
                () -> List.copyOf(prunings.getOrDefault(ledger, new TreeMap<>()).values()));
    }

    /// Whether `root` has a segment on record just so.
    public boolean hasSealed(io.meshtrail.segment.Segment segment) {
        Sealing sealing = new Sealing(segment.root().base64(), segment.sha256().hex());
        return locked(() -> sealing.equals(seals.get(range(segment.ledger(), segment.from(), segment.to()))));
    }

    /// Entries that say what must not be.
    public List<Contradiction> contradictions() {
        return locked(() -> List.copyOf(contradictions));
    }

    private <T> T locked(java.util.function.Supplier<T> ask) {
        lock.lock();
        try {
            return ask.get();
        } finally {
            lock.unlock();
        }
    }
}
