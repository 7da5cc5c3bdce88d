package io.meshtrail.anchor.rfc3161;

import java.io.IOException;

/// An authority refused, or answered what cannot be believed.
public final class TimeStampException extends IOException {
    private static final long serialVersionUID = 1L;

    TimeStampException(String message) {
        super(message);
    }

    TimeStampException(String message, Throwable cause) {
        super(message, cause);
    }
}
