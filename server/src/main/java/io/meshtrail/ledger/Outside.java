package io.meshtrail.ledger;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// Those outside of the server whose word counts on its checkpoints.
public interface Outside {
    /// Nobody.
    Outside NONE = new Outside() {
        @Override
        public boolean decides() {
            return false;
        }

        @Override
        public void ask(Supplier<List<Witnessable>> ledgers) {
            // nobody to ask
        }
    };

    /// Whether a checkpoint is shown only with their consent.
    boolean decides();

    /// Asks, before anything new is signed, whether somebody knows a larger or another tree.
    ///
    /// @param ledgers those that are open, also when asked later
    /// @throws StaleDataException if so
    void ask(Supplier<List<Witnessable>> ledgers) throws IOException;
}
