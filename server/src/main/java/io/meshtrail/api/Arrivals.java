package io.meshtrail.api;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.ledger.Follower;
import io.meshtrail.query.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The newest events in the order of arrival, for those who follow. Readers come and take; the ledger never
/// waits for one. Arrivals are numbered from 0 for the life of the process.
public final class Arrivals implements Follower {
    private static final int KEPT = 16_384;

    private final @Nullable Hit[] ring;
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private long count;

    public Arrivals() {
        this(KEPT);
    }

    Arrivals(int kept) {
        this.ring = new Hit[kept];
    }

    @Override
    public void integrated(String ledger, long first, List<AuditEvent> events) {
        synchronized (ring) {
            long leafIndex = first;
            for (AuditEvent event : events) {
                ring[(int) (count++ % ring.length)] = new Hit(new Address(ledger, leafIndex++), event);
            }
        }
        readers.forEach(Runnable::run);
    }

    /// What a reader took.
    ///
    /// @param skipped arrivals that are gone already
    /// @param next the number from which to go on
    record Taken(long skipped, List<Hit> hits, long next) {}

    /// The number that the next arrival will have.
    long end() {
        synchronized (ring) {
            return count;
        }
    }

    /// The number of the oldest arrival that is still here.
    long oldest() {
        synchronized (ring) {
            return Math.max(0, count - ring.length);
        }
    }

    /// The arrivals from a number on, some at a time.
    Taken take(long from, int most) {
        synchronized (ring) {
            long oldest = Math.max(0, count - ring.length);
            long start = Math.max(from, oldest);
            long end = Math.min(count, start + most);
            List<Hit> hits = new ArrayList<>((int) Math.max(0, end - start));
            for (long i = start; i < end; i++) {
                hits.add(java.util.Objects.requireNonNull(ring[(int) (i % ring.length)]));
            }
            return new Taken(start - from, hits, Math.max(start, end));
        }
    }

    /// The number of the arrival at an address, if it is still here.
    OptionalLong numberOf(Address address) {
        synchronized (ring) {
            for (long i = count - 1; i >= Math.max(0, count - ring.length); i--) {
                Hit hit = java.util.Objects.requireNonNull(ring[(int) (i % ring.length)]);
                if (hit.address().equals(address)) {
                    return OptionalLong.of(i);
                }
            }
            return OptionalLong.empty();
        }
    }

    /// Calls a reader whenever there is more, on the ledger's own thread: it must return at once.
    void addReader(Runnable wake) {
        readers.add(wake);
    }

    void removeReader(Runnable wake) {
        readers.remove(wake);
    }
}
