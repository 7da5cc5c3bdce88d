package io.meshtrail.ledger;

import io.meshtrail.event.Address;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers for fifteen minutes which input records came from which producer, so that a repetition (an HTTP
/// request that
/// was answered and whose answer was lost) is not appended again. One thread.
final class Duplicates {
    /// How long a repetition is recognised.
    static final long WINDOW_NANOS = 15L * 60 * 1_000_000_000;

    /// The most records that are remembered; the oldest are forgotten first.
    static final int MOST = 2_000_000;

    private final Map<Fingerprint, Address> seen = new HashMap<>();
    private final ArrayDeque<Remembered> order = new ArrayDeque<>();

    /// Where the record of this fingerprint already stands.
    Optional<Address> find(Fingerprint fingerprint, long now) {
        forget(now);
        return fingerprint.isNone() ? Optional.empty() : Optional.ofNullable(seen.get(fingerprint));
    }

    void remember(Fingerprint fingerprint, Address address, long now) {
        if (!fingerprint.isNone()) {
            seen.put(fingerprint, address);
            order.add(new Remembered(fingerprint, now));
        }
    }

    /// Takes back what [#remember] was told last, because it did not become durable.
    void withdraw(Fingerprint fingerprint) {
        seen.remove(fingerprint);
    }

    private void forget(long now) {
        while (!order.isEmpty() && (order.peek().at() < now - WINDOW_NANOS || order.size() > MOST)) {
            seen.remove(order.remove().fingerprint());
        }
    }

    private record Remembered(Fingerprint fingerprint, long at) {}
}
