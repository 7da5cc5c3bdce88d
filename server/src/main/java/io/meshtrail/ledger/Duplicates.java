package io.meshtrail.ledger;

import io.meshtrail.event.Address;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers for fifteen minutes which input records came from which producer, so that a repetition (an HTTP
/// request that was answered and whose answer was lost) is not appended again. One thread.
final class Duplicates {
    /// How long a repetition is recognised.
    static final long WINDOW_NANOS = 15L * 60 * 1_000_000_000;

    /// The most records that are remembered; the oldest are forgotten first.
    static final int MOST = 2_000_000;

    private final int most;

    /// In the order in which they were remembered.
    private final Map<Fingerprint, Remembered> seen = new LinkedHashMap<>();

    Duplicates() {
        this(MOST);
    }

    Duplicates(int most) {
        this.most = most;
    }

    /// Where the record of this fingerprint already stands.
    Optional<Address> find(Fingerprint fingerprint, long now) {
        forget(now);
        return Optional.ofNullable(seen.get(fingerprint))
                .filter(remembered -> remembered.at() >= now - WINDOW_NANOS)
                .map(Remembered::address);
    }

    void remember(Fingerprint fingerprint, Address address, long now) {
        if (!fingerprint.isNone()) {
            seen.remove(fingerprint);
            seen.put(fingerprint, new Remembered(address, now));
        }
    }

    /// Takes back what [#remember] was told, because it did not become durable.
    void withdraw(Fingerprint fingerprint) {
        seen.remove(fingerprint);
    }

    private void forget(long now) {
        Iterator<Remembered> oldest = seen.values().iterator();
        while (oldest.hasNext()) {
            if (oldest.next().at() >= now - WINDOW_NANOS && seen.size() <= most) {
                return;
            }
            oldest.remove();
        }
    }

    private record Remembered(Address address, long at) {}
}
