package io.meshtrail.cli;

import java.io.IOException;

/// A server refused, in its own words, or there is none.
final class ApiException extends IOException {
    private static final long serialVersionUID = 1L;

    ApiException(String message) {
        super(message);
    }
}
