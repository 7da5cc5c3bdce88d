package io.meshtrail.retention;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.ledger.Hold;
import io.meshtrail.ledger.HoldRecorder;
import io.meshtrail.ledger.Holds;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.ledger.LiftNote;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Where legal holds are placed and lifted, and asked about. It keeps nothing of its own: a hold is what `root` says.
///
/// Placing, lifting and the moment of pruning exclude each other, so a hold that was answered for keeps what was
/// there when it was answered.
public final class HoldDesk implements Holds {
    /// An approval older than this lifts nothing: who signed it may have changed his mind.
    static final Duration APPROVAL_AGE = Duration.ofDays(30);

    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final RetentionHistory history;
    private final HoldRecorder root;
    private final Ledgers ledgers;
    private final String rootOrigin;
    private final SecureRandom random;
    private final LongSupplier now;
    private final ReentrantLock acts = new ReentrantLock();
    private volatile Function<Filter, Optional<Filter>> translation = Optional::of;

    /// @param rootOrigin the origin of `root`
    /// @param now nanoseconds since 1970
    public HoldDesk(
            RetentionHistory history,
            HoldRecorder root,
            Ledgers ledgers,
            String rootOrigin,
            SecureRandom random,
            LongSupplier now) {
        this.history = history;
        this.root = root;
        this.ledgers = ledgers;
        this.rootOrigin = rootOrigin;
        this.random = random;
        this.now = now;
    }

    /// What somebody wants to be held.
    ///
    /// @param ledger empty for all
    /// @param from the first entry
    /// @param to one more than the last, Long.MAX_VALUE if not limited
    /// @param query empty for any event
    public record Wanted(String caseName, String by, Optional<String> ledger, long from, long to, String query) {}

    /// Places a hold. When this returns it is durable and in force.
    ///
    /// @throws QueryException if its query does not parse
    /// @throws IllegalArgumentException saying what else is wrong with it
    public Hold place(Wanted wanted) throws QueryException, IOException, InterruptedException {
        QueryParser.parse(wanted.query(), now.getAsLong());
        if (wanted.ledger().isPresent() && ledgers.named(wanted.ledger().get()).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no ledger \"" + wanted.ledger().get() + "\"");
        }
        byte[] id = new byte[8];
        random.nextBytes(id);
        acts.lockInterruptibly();
        try {
            Hold hold = new Hold(
                    HexFormat.of().formatHex(id),
                    wanted.caseName(),
                    wanted.by(),
                    wanted.ledger(),
                    wanted.from(),
                    wanted.to(),
                    wanted.query(),
                    minimums(wanted.ledger()),
                    0,
                    now.getAsLong());
            awaits(root.holds(hold));
            return history.hold(hold.id())
                    .orElseThrow(() -> new IOException("hold " + hold.id() + " is on record and not in force"));
        } finally {
            acts.unlock();
        }
    }

    private Map<String, Long> minimums(Optional<String> wanted) {
        Map<String, Long> minimums = new TreeMap<>();
        for (LedgerReader ledger : ledgers.all()) {
            if (ledger.minIndex() > 0 && wanted.map(ledger.name()::equals).orElse(true)) {
                minimums.put(ledger.name(), ledger.minIndex());
            }
        }
        return minimums;
    }

    private void awaits(long rootIndex) throws IOException, InterruptedException {
        if (!history.awaits(rootIndex)) {
            throw new IOException("root/" + rootIndex + " is durable, but not in the tree yet");
        }
    }

    /// The text that approvers sign to lift a hold, asked for now; empty if there is no such hold.
    public Optional<String> toSign(String id) {
        return history.hold(id).map(hold -> new LiftNote(rootOrigin, id, hold.caseName(), now.getAsLong()).text());
    }

    /// Lifts a hold, if two approvers have signed so. When this returns that is durable, and the hold is gone.
    ///
    /// @return the hold that was; empty if there is none of this id
    /// @throws MalformedException saying why the note does not suffice
    public Optional<Hold> lift(String id, SignedNote note)
            throws MalformedException, IOException, InterruptedException {
        acts.lockInterruptibly();
        try {
            Optional<Hold> hold = history.hold(id);
            if (hold.isPresent()) {
                LiftNote lift = LiftNote.approved(note, rootOrigin, hold.get(), history.approvers());
                long age = now.getAsLong() - lift.time();
                if (age > APPROVAL_AGE.toNanos() || age < -CLOCKS_APART.toNanos()) {
                    throw new MalformedException("the approval is of another time: it must not be older than "
                            + APPROVAL_AGE.toDays() + " days, nor of the future");
                }
                awaits(root.lifts(hold.get(), note));
            }
            return hold;
        } finally {
            acts.unlock();
        }
    }

    /// The holds in force, oldest first.
    public List<Hold> holds() {
        return history.holds();
    }

    /// How many holds can keep entries of a ledger.
    public int count(String ledger) {
        return (int) holds().stream()
                .filter(hold -> hold.meets(ledger, 0, Long.MAX_VALUE))
                .count();
    }

    /// Whether anybody can lift a hold.
    public boolean canLift() {
        return history.approvers().size() >= LiftNote.APPROVALS;
    }

    @Override
    public boolean held(String ledger, long from, long to) {
        return holds().stream().anyMatch(hold -> hold.isWithoutQuery() && hold.meets(ledger, from, to));
    }

    @Override
    public boolean holds(Address address, AuditEvent event) {
        return matchers().stream().anyMatch(each -> each.holds(address, event));
    }

    /// The holds that can keep an entry of a range, for a look at each of its events.
    List<HoldMatcher> over(String ledger, long from, long to) {
        return matchers().stream()
                .filter(each -> each.hold().meets(ledger, from, to))
                .toList();
    }

    /// The holds in force, as they look at stored events now.
    List<HoldMatcher> matchers() {
        return holds().stream().map(hold -> HoldMatcher.of(hold, translation)).toList();
    }

    /// From now on what holds ask is translated, since stored events have pseudonyms where people have names.
    ///
    /// @param stored empty if a filter cannot be translated in full; then the hold keeps everything in its range
    public void translates(Function<Filter, Optional<Filter>> stored) {
        translation = stored;
    }

    /// Does something that no hold may come in between of.
    void exclusively(Act act) throws IOException, InterruptedException {
        acts.lockInterruptibly();
        try {
            act.act();
        } finally {
            acts.unlock();
        }
    }

    /// Something that a hold may forbid.
    interface Act {
        void act() throws IOException, InterruptedException;
    }
}
