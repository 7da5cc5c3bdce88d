package io.meshtrail.objectstore;

import java.io.IOException;

/// The last signed checkpoint is not the one that this server wrote: somebody else signs for the ledger. Going on
/// would fork it.
public final class CheckpointConflictException extends IOException {
    private static final long serialVersionUID = 1L;

    public CheckpointConflictException(String message) {
        super(message);
    }
}
