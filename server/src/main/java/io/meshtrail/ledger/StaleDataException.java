package io.meshtrail.ledger;

import java.io.IOException;

/// The data folder is older than, or another than, what the state folder remembers to have signed. Serving it
/// would fork
/// the ledger.
public final class StaleDataException extends IOException {
    private static final long serialVersionUID = 1L;

    public StaleDataException(String message) {
        super(message);
    }
}
