package io.meshtrail.ledger;

import java.io.IOException;

/// An entry cannot be read: it is not there yet, it was pruned, or its bytes are damaged.
public final class EntryUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Cause {
        NOT_THERE_YET,
        PRUNED,
        DAMAGED
    }

    private final Cause why;

    public EntryUnavailableException(Cause why, String message) {
        super(message);
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
