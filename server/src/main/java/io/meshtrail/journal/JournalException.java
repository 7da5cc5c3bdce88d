package io.meshtrail.journal;

import java.io.IOException;

/// The journal is not as it was written. Says which file, which leafIndex, what was expected and what was
/// found.
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }
}
