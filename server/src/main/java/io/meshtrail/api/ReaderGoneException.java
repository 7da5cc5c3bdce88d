package io.meshtrail.api;

import java.io.IOException;

/// Whoever asked reads no more: the work can end, and nothing is wrong.
final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ReaderGoneException(String message) {
        super(message);
    }
}
