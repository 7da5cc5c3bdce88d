package io.meshtrail.segment;

/// Rows that cannot be those of their range: out of order, missing, too many, or at odds with themselves.
final class BrokenRowsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenRowsException(String message) {
        super(message);
    }
}
