package io.meshtrail.journal;

import java.io.IOException;

/// The disk did not confirm that bytes are durable. No retry can help: after a failed sync nothing is known
/// about any byte since the last success, so the process must stop and read its files anew.
public final class SyncException extends IOException {
    private static final long serialVersionUID = 1L;

    public SyncException(String message, IOException cause) {
        super(message, cause);
    }
}
