package io.meshtrail.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Entries that came over streams. All streams of a proxy end with it, so each belongs to one life; only
/// one that both began and ended between two readings may be of either.
final class StreamArrivals implements Arrivals {
    /// One stream.
    static final class Tally {
        private final long opened;
        private int life;
        private long ended = Long.MIN_VALUE;
        private long arrived;

        private Tally(long opened, int life) {
            this.opened = opened;
            this.life = life;
        }
    }

    private static final int MOST_STREAMS = 256;

    private static final long LONGEST_ABSENCE = 60_000_000_000L;

    private final List<Tally> streams = new ArrayList<>();
    private int life;
    private long folded;
    private boolean heard;
    private long lastEnd = Long.MIN_VALUE;
    private long lastOpening = Long.MIN_VALUE / 2;

    Tally open(long now) {
        fold();
        if (idle()) {
            lastOpening = now;
        }
        Tally tally = new Tally(now, life);
        streams.add(tally);
        return tally;
    }

    void arrived(Tally tally, long count) {
        tally.arrived += count;
        heard |= count > 0;
    }

    void end(Tally tally, long now) {
        tally.ended = now;
        lastEnd = Math.max(lastEnd, now);
    }

    boolean isHeard() {
        return heard;
    }

    boolean idle() {
        return streams.stream().noneMatch(stream -> stream.ended == Long.MIN_VALUE);
    }

    /// A proxy that comes and goes must not grow the list: the oldest ended streams of this life become a
    /// number.
    private void fold() {
        if (streams.size() < MOST_STREAMS) {
            return;
        }
        int left = MOST_STREAMS / 2;
        for (Tally stream : List.copyOf(streams)) {
            if (left > 0 && stream.ended != Long.MIN_VALUE && stream.life == life) {
                folded += stream.arrived;
                streams.remove(stream);
                left--;
            }
        }
    }

    @Override
    public long present() {
        return folded + sum(life);
    }

    private long sum(int which) {
        return streams.stream()
                .filter(stream -> stream.life == which)
                .mapToLong(stream -> stream.arrived)
                .sum();
    }

    @Override
    public LongSupplier restart(long lastReading, long arrivedThen) {
        int before = life++;
        long foldedBefore = folded;
        folded = 0;
        List<Tally> ofEither = new ArrayList<>();
        for (Tally stream : streams) {
            if (stream.life == before && stream.opened > lastReading) {
                stream.life = life;
                if (stream.ended != Long.MIN_VALUE) {
                    ofEither.add(stream);
                }
            }
        }
        List<Tally> old =
                streams.stream().filter(stream -> stream.life == before).toList();
        streams.removeIf(stream -> stream.life < before);
        return () -> foldedBefore
                + old.stream().mapToLong(stream -> stream.arrived).sum()
                + ofEither.stream().mapToLong(stream -> stream.arrived).sum();
    }

    @Override
    public boolean brokenSince(long time) {
        return lastEnd >= time;
    }

    /// A proxy comes back at its next flush, or when it may try again; who stays away longer is not
    /// waited for.
    @Override
    public long heldUntil(long patience) {
        return idle() ? lastEnd + LONGEST_ABSENCE : lastOpening + patience;
    }

    @Override
    public boolean knowsConnections() {
        return true;
    }
}
