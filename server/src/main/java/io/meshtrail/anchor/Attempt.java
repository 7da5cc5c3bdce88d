package io.meshtrail.anchor;

import java.io.IOException;
import java.util.Optional;

/// One try to place a checkpoint, on a thread of its own; the station looks at it in passing.
final class Attempt implements Runnable {
    private final Anchor anchor;
    private final AnchoredCheckpoint checkpoint;
    private volatile Optional<Outcome> outcome = Optional.empty();

    /// How it ended.
    sealed interface Outcome {
        /// The place has it.
        record Placed(Receipt receipt) implements Outcome {}

        /// The place does not, as far as we know.
        record Failed(String words) implements Outcome {}
    }

    Attempt(Anchor anchor, AnchoredCheckpoint checkpoint) {
        this.anchor = anchor;
        this.checkpoint = checkpoint;
    }

    AnchoredCheckpoint checkpoint() {
        return checkpoint;
    }

    /// Empty while it goes on.
    Optional<Outcome> outcome() {
        return outcome;
    }

    @Override
    public void run() {
        try {
            outcome = Optional.of(new Outcome.Placed(anchor.place(checkpoint)));
        } catch (IOException refused) {
            outcome = Optional.of(new Outcome.Failed(String.valueOf(refused.getMessage())));
        } catch (InterruptedException stopped) {
            outcome = Optional.of(new Outcome.Failed("interrupted"));
            Thread.currentThread().interrupt();
        } catch (RuntimeException wrong) {
            // A mistake in one adapter must not stop a ledger that needs none of them.
            outcome = Optional.of(new Outcome.Failed(wrong.toString()));
        } finally {
            if (outcome.isEmpty()) {
                outcome = Optional.of(new Outcome.Failed("it ended without a word"));
            }
        }
    }
}
