package io.meshtrail.reconcile;

import io.meshtrail.counter.Reading;
import java.util.HashMap;
import java.util.Map;

/// The sum of the counters of one proxy that count the same, over one life of it.
final class Totals {
    /// Series of one proxy; a stranger must not be able to invent more.
    private static final int MOST_SERIES = 1_000;

    private final Map<String, Double> bySeries = new HashMap<>();
    /// Whether a reading tells that a new life has begun: counters never fall.
    boolean falls(Reading reading) {
        Double known = bySeries.get(reading.series());
        return !reading.delta() && known != null && reading.value() < known;
    }

    /// A new life has begun.
    void restart() {
        bySeries.clear();
    }

    void take(Reading reading) {
        boolean known = bySeries.containsKey(reading.series());
        if (!known && bySeries.size() >= MOST_SERIES) {
            return;
        }
        bySeries.merge(reading.series(), reading.value(), (before, value) -> reading.delta() ? before + value : value);
    }

    long sum() {
        return (long)
                bySeries.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
