package io.meshtrail.segment;

import java.io.IOException;

/// A manifest that is damaged or would not make sense. Nothing is guessed: a server stops, `verify` names it.
public final class ManifestException extends IOException {
    private static final long serialVersionUID = 1L;

    public ManifestException(String message) {
        super(message);
    }
}
