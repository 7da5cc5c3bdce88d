package io.meshtrail.engine;

/// A query took longer than its limit and was cancelled.
public final class EngineTimeoutException extends EngineException {
    private static final long serialVersionUID = 1L;

    public EngineTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
