package io.meshtrail.change;

import java.util.List;

/// What the ledger has about an object: the port behind which it is asked.
@FunctionalInterface
public interface PastObjects {
    /// The states of an object that its newest changes up to a time show; may block.
    ///
    /// @param until nanoseconds since 1970, itself included; Long.MAX_VALUE for no limit
    Past of(ObjectKey key, long until);

    /// What was found.
    ///
    /// @param states in no particular order
    /// @param isComplete whether the ledger could be read; if not, there may be more
    record Past(List<KnownState> states, boolean isComplete) {
        public Past {
            states = List.copyOf(states);
        }
    }
}
