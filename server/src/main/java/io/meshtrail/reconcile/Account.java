package io.meshtrail.reconcile;

import io.meshtrail.event.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// One kind of counter of one proxy against what arrived of it.
///
/// A reading says `counted` at some moment. Two flush intervals later all of it has arrived that ever
/// will, and maybe more: so `counted - arrived` is never more than what was lost, and exactly that once
/// it is quiet.
///
/// * A life whose beginning was seen starts at 0 on both sides. Of another the difference at its
///   beginning is unknown; the least that `counted` at a reading and `arrived` at the reading before ever
///   differ is taken for it, which is never less than the truth.
/// * A difference while no stream of the proxy has ended cannot be a loss: the proxy writes to a second
///   sink. What a stream lost is not to be told from what went there, so nothing is told from this counter
///   unless [SinkProof] has shown that there is no other.
final class Account {
    private static final int MOST_WAITING = 256;
    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final long NEVER = Long.MIN_VALUE / 2;

    /// How long after a break what is missing is put down to it.
    private static final long LONGEST_EFFECT = 300_000_000_000L;

    /// What is known indirectly alone may be so for ever, where a proxy does not log at all: told once a
    /// minute.
    private static final long INDIRECT_PAUSE = 60_000_000_000L;

    /// Why entries are missing.
    private enum Cause {
        BREAK,
        SECOND_SINK,
        UNKNOWN
    }

    private record Waiting(long counted, long grown, long came, long arrivedThen, long due) {}

    private record Closing(long counted, LongSupplier arrived, long explained, long due) {}

    private final String proxy;
    private final String what;
    private final Arrivals arrivals;
    private final long patience;

    /// What other accounts of the proxy have told as lost, if this one counts what they may have lost.
    private final Optional<LongSupplier> indirect;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<Closing> closing = new ArrayList<>();
    private boolean read;
    private long lastCame;
    private long lastCounted;
    private long lastArrived;

    /// What of `counted - arrived` is no loss, or told already.
    private long explained = UNKNOWN;

    private final SinkProof sinks = new SinkProof();

    /// When both sides were last alike while it was quiet: no break before it has an effect any more.
    private long lastMatch = NEVER;

    private long lastGap = NEVER;
    private long claimed;

    /// @param patience two flush intervals, nanoseconds
    /// @param indirect what other accounts have told as lost, if this one counts what they may have lost
    Account(String proxy, String what, Arrivals arrivals, long patience, Optional<LongSupplier> indirect) {
        this.proxy = proxy;
        this.what = what;
        this.arrivals = arrivals;
        this.patience = patience;
        this.indirect = indirect;
    }

    /// The proxy's present life began while we listened.
    void beginsAtZero() {
        if (!read) {
            explained = 0;
            sinks.beginsAtZero();
        }
    }

    /// The counter fell: the life that was read until now is over.
    void restarted(long now) {
        if (!read) {
            return;
        }
        LongSupplier before = arrivals.restart(lastCame, lastArrived);
        if (explained != UNKNOWN) {
            closing.add(new Closing(lastCounted, before, explained, now + patience));
        }
        waiting.clear();
        explained = 0;
        lastCounted = 0;
        lastArrived = 0;
        sinks.beginsAtZero();
    }

    /// Whether the proxy is known to write to a second sink too.
    boolean isForeign() {
        return sinks.isForeign();
    }

    /// A total came.
    void counted(long total, long now) {
        long arrived = arrivals.present();
        if (read && explained != 0) {
            explained = Math.min(explained, Math.max(0, total - lastArrived));
        }
        if (waiting.size() >= MOST_WAITING) {
            waiting.removeFirst();
        }
        waiting.add(new Waiting(total, Math.max(0, total - lastCounted), now, arrived, now + patience));
        read = true;
        lastCame = now;
        lastCounted = total;
        lastArrived = arrived;
    }

    /// Judges what has waited long enough.
    List<Gap> settle(long now) {
        List<Gap> gaps = new ArrayList<>();
        for (Closing life : List.copyOf(closing)) {
            if (life.due <= now) {
                closing.remove(life);
                close(life, now).ifPresent(gaps::add);
            }
        }
        long held = arrivals.heldUntil(patience);
        Optional<Waiting> newest = Optional.empty();
        while (!waiting.isEmpty() && waiting.getFirst().due <= now && held <= now) {
            newest = Optional.of(waiting.removeFirst());
        }
        // What the readings before it say, it says too.
        newest.flatMap(reading -> judge(reading, now)).ifPresent(gaps::add);
        return gaps;
    }

    private Optional<Gap> close(Closing life, long now) {
        long arrived = life.arrived.getAsLong();
        long lost = unclaimed(life.counted - arrived - life.explained);
        if (lost <= 0 || (indirect.isEmpty() && !sinks.isSingle())) {
            return Optional.empty();
        }
        Reason reason = indirect.isEmpty() ? Reason.RESTART : Reason.UNATTRIBUTABLE;
        return Optional.of(new Gap(proxy, what, reason, lost, life.counted, arrived, now));
    }

    private Optional<Gap> judge(Waiting reading, long now) {
        if (explained == UNKNOWN || (indirect.isPresent() && now - lastGap < INDIRECT_PAUSE)) {
            return Optional.empty();
        }
        long arrived = arrivals.present();
        long missing = reading.counted - arrived - explained;
        Optional<Gap> gap = Optional.empty();
        if (missing <= 0) {
            sinks.nothingMissing(arrived, arrived - reading.arrivedThen, reading.grown);
        } else {
            gap = missing(missing, reading, arrived, now);
            explained += missing;
        }
        if (arrived == reading.arrivedThen && sinks.quiet(reading.counted, arrived)) {
            lastMatch = reading.came;
        }
        return gap;
    }

    private Optional<Gap> missing(long missing, Waiting reading, long arrived, long now) {
        Cause cause = cause(reading);
        if (cause == Cause.SECOND_SINK) {
            sinks.contradicted(arrived);
            return Optional.empty();
        }
        long lost = unclaimed(missing);
        if (lost <= 0) {
            return Optional.empty();
        }
        lastGap = now;
        Reason reason = cause == Cause.BREAK ? Reason.UNKNOWN_TAIL : Reason.UNATTRIBUTABLE;
        return Optional.of(new Gap(proxy, what, reason, lost, reading.counted, arrived, now));
    }

    /// Why entries are missing. A break shows as soon as it is quiet: until then what is new hides it. One
    /// long ago is a cause among others.
    private Cause cause(Waiting reading) {
        if (indirect.isPresent()) {
            return Cause.UNKNOWN;
        }
        if (!sinks.isSingle() || (arrivals.knowsConnections() && !arrivals.brokenSince(lastMatch))) {
            return Cause.SECOND_SINK;
        }
        boolean lately = !arrivals.knowsConnections() || arrivals.brokenSince(reading.came - LONGEST_EFFECT);
        return lately ? Cause.BREAK : Cause.UNKNOWN;
    }

    /// Without what other accounts of the proxy have told already: a lost entry of a denial is one loss,
    /// not two.
    private long unclaimed(long missing) {
        if (indirect.isEmpty() || missing <= 0) {
            return missing;
        }
        long credit = indirect.get().getAsLong() - claimed;
        long taken = Math.min(Math.max(0, credit), missing);
        claimed += taken;
        return missing - taken;
    }
}
